import { describe, expect, it } from 'vitest';
import { presets, type Experiment, type Settings } from '../../engine/model/index.ts';
import { makeResult, shop as plainShop } from '../../report/testing/index.ts';
import { checkExperiment, mistakesUnder } from './check.ts';
import { freeExperimentName } from './draft-store.ts';
import { withTunable } from './variants/tunables.ts';

const result = makeResult({ blocks: 1, everything: false, requests: 10 });
const { experiment, application } = result;
const tunable = { title: 'Passes over all products', default: 5, min: 1, max: 5000 };
const changes = { better: { title: 'Better', summary: '', kind: 'fix' as const, patch: 'changes/better.patch' } };
const shop = { ...plainShop, tunables: { passes: tunable }, changes };

/** The experiment with its last variant set so. */
function withSettings(change: Partial<Settings>): Experiment {
  const last = experiment.variants.length - 1;
  return {
    ...experiment,
    variants: experiment.variants.map((variant, index) =>
      index === last ? { ...variant, settings: { ...variant.settings, ...change } } : variant,
    ),
  };
}

describe('checking an experiment while it is edited', () => {
  it('finds nothing wrong with a good one', () => {
    expect(checkExperiment(experiment, application)).toEqual({});
  });

  it('puts each mistake at its field, in one sentence', () => {
    const first = experiment.variants[0];
    if (first === undefined) throw new Error('the example has no variant');
    const bad = {
      ...experiment,
      name: 'Not Good',
      blocks: 0,
      load: { ...experiment.load, journeysPerSecond: -1 },
      warmUp: { ...experiment.warmUp, minMs: 9000, maxMs: 1000 },
      variants: [first, { ...first, topology: { ...first.topology, units: [{ name: 'half', modules: ['nowhere'] }] } }],
    };
    const mistakes = checkExperiment(bad, application);
    expect(Object.keys(mistakes).toSorted()).toEqual([
      'blocks',
      'load.journeysPerSecond',
      'name',
      'variants.1.name',
      'variants.1.topology',
      'warmUp.maxMs',
    ]);
    expect(mistakes['variants.1.topology']).toContain('unknown module "nowhere"');
    expect(Object.keys(mistakesUnder(mistakes, 'variants.1'))).toEqual(['name', 'topology']);
    for (const message of Object.values(mistakes)) expect(message).toMatch(/^[A-Z].*\.$/);
  });

  it('finds nothing wrong with any scenario that comes with Cleave', () => {
    for (const preset of Object.values(presets))
      expect(checkExperiment(preset.build(shop), shop), preset.name).toEqual({});
  });

  it('asks to declare what differs beside the cut, and takes it when it is declared', () => {
    const differing = withSettings({ outbox: false });
    expect(Object.keys(checkExperiment(differing, application))).toEqual(['declaredDifferences.outbox']);
    const declared = { ...differing, declaredDifferences: [...differing.declaredDifferences, 'outbox'] };
    expect(checkExperiment(declared, application)).toEqual({});
  });

  it('knows the tunables of the application and their ranges', () => {
    const wild = withSettings({ tunables: { passes: 5001, unheard: 1 } });
    const mistakes = checkExperiment({ ...wild, declaredDifferences: ['tunables', 'consistency'] }, shop);
    const at = `variants.${wild.variants.length - 1}.settings.tunables`;
    expect(mistakes[`${at}.passes`]).toBe('The value 5001 is out of range; allowed: 1 to 5000.');
    expect(mistakes[`${at}.unheard`]).toContain('Unknown tunable "unheard"; allowed: passes');
  });

  it('looks at the fault of a storm as at any other', () => {
    const storm = { spikeFactor: 99, baselineMs: 3000, spikeMs: 5000, recoveryMs: 9000 };
    const fault = { kind: 'slow' as const, module: 'nowhere', delayMs: 400 };
    const mistakes = checkExperiment(
      { ...experiment, probes: { ...experiment.probes, storm: { ...storm, fault } } },
      application,
    );
    expect(mistakes['probes.storm.spikeFactor']).toBe('At most 50.');
    expect(mistakes['probes.storm.fault.module']).toMatch(/^Unknown module "nowhere"; allowed: .*\.$/);
  });

  it('counts what the application has anyway as no difference', () => {
    expect(withTunable({}, shop, 'passes', 5)).toEqual({});
    expect(withTunable({ passes: 7 }, shop, 'passes', null)).toEqual({});
    expect(withTunable({}, shop, 'passes', 6)).toEqual({ passes: 6 });
  });

  it('names copies apart', () => {
    expect(freeExperimentName('quick', new Set())).toBe('quick');
    expect(freeExperimentName('quick', new Set(['quick', 'quick-2']))).toBe('quick-3');
  });
});
