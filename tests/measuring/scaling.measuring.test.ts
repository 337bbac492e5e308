import { afterAll, expect, it } from 'vitest';
import { loadApplication } from '../../engine/deploy/index.ts';
import { recompute, runExperiment } from '../../engine/experiment/index.ts';
import { parseTopology, presetOf, type Experiment } from '../../engine/model/index.ts';
import { renderHtml } from '../../report/index.ts';
import { describeWithEngine } from '../support/engine.ts';
import { testLaboratory } from '../support/laboratory.ts';

/** The unit that only reads twice, beside the rest, as short as can be: numbers mean nothing, the result must be whole. */
function once(experiment: Experiment, modules: readonly string[]): Experiment {
  const { scaling } = experiment.probes;
  const [variant] = experiment.variants;
  if (scaling == null || variant === undefined) throw new Error('the preset "scaling" measures less than it did');
  const rest = modules.filter((module) => module !== scaling.hot);
  const cut = parseTopology(`apart=rest:${rest.join('+')}|hot*2:${scaling.hot}`);
  return {
    ...experiment,
    runtime: 'docker',
    variants: [{ ...variant, name: 'apart', topology: cut, settings: { ...variant.settings, store: 'sqlite' } }],
    ...{ blocks: 1, looks: null, noiseFloor: false, maxRepeats: 0 },
    warmUp: { minMs: 1000, maxMs: 1000, minRequests: 0 },
    probes: {
      ...experiment.probes,
      latency: { durationMs: 1000 },
      scaling: {
        ...{ ...scaling, settleMs: 500, elasticMs: 5000 },
        search: {
          ...scaling.search,
          startJourneysPerSecond: 20,
          maxJourneysPerSecond: 500,
          stepMs: 1000,
          precision: 0.5,
        },
      },
    },
  };
}

describeWithEngine('instances on Docker, held to shares of a budget', () => {
  const laboratory = testLaboratory();
  afterAll(() => laboratory.remove());

  it('are fewer and more in place, carry something, and are as they were afterwards', async () => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const experiment = once(presetOf('scaling').build(application), Object.keys(application.modules));
    const result = await runExperiment(experiment, {
      laboratory,
      signal: new AbortController().signal,
      onEvent: () => undefined,
    });
    expect(result.reason).toBeNull();
    const [round] = result.rounds;
    expect(round?.changed).toEqual([]);
    expect(round?.scaling).toMatchObject({ hot: 'recommendations', unit: 'hot', declared: 2, total: 3 });
    const points = round?.scaling?.points ?? [];
    for (const load of ['skewed', 'even'])
      expect(points.flatMap((point) => (point.load === load ? [point.instances] : [])).toSorted()).toEqual([1, 2]);
    expect(points.some(({ goodPerSecond }) => (goodPerSecond ?? 0) > 0)).toBe(true);
    expect(recompute(result).differences).toEqual([]);
    expect(renderHtml(result)).toContain('not scaling');
  }, 180_000);

  it('are refused on processes before anything runs', async () => {
    const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
    const experiment = once(presetOf('scaling').build(application), Object.keys(application.modules));
    const run = runExperiment(
      { ...experiment, runtime: 'process' },
      { laboratory, signal: new AbortController().signal, onEvent: () => undefined },
    );
    await expect(run).rejects.toThrow('this runtime has no limits of CPU; allowed: Docker');
  });
});
