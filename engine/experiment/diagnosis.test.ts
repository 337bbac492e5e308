import { describe, expect, it } from 'vitest';
import { parseTopology, settingsSchema, type Application, type Experiment } from '../model/index.ts';
import { problemsAfter, runFake } from './testing/index.ts';

const settings = settingsSchema.parse({});
const variants = ['whole=all:front+work+extra', 'apart=front:front|work:work|extra:extra'].map((text) => {
  const topology = parseTopology(text);
  return { name: topology.name, topology, settings };
});

const searched =
  (faults: NonNullable<Experiment['probes']['diagnosis']>['faults']) =>
  (experiment: Experiment, _application: Application): Experiment => ({
    ...experiment,
    variants,
    blocks: 4,
    looks: null,
    noiseFloor: false,
    probes: {
      ...experiment.probes,
      isolation: null,
      diagnosis: { faults, faultMs: 2000, requests: 5 },
    },
  });

describe('an experiment that searches for causes', () => {
  it('follows failing requests through the logs of every cut, and tells how far that was', async () => {
    const outcome = await runFake({
      experiment: searched([
        { kind: 'errors', module: 'work', share: 1 },
        { kind: 'hang', module: 'work' },
        { kind: 'crash', module: 'work' },
      ]),
    });
    expect(problemsAfter(outcome)).toEqual([]);
    const { result } = outcome;
    expect(result?.status).toBe('completed');
    const seen = (variant: string) =>
      result?.rounds
        .find((round) => round.variant === variant)
        ?.diagnosis?.map(({ label, searches }) => [
          label,
          searches.length,
          ...new Set(searches.map(({ steps }) => steps.map(({ unit, at }) => `${unit} ${at}`).join(', '))),
          ...new Set(searches.map(({ suspects }) => suspects.join(' '))),
        ]);
    expect(seen('apart')).toEqual([
      ['errors(work, 100 %)', 5, 'front log, work log', 'work'],
      ['hang(work)', 5, 'front log, work log, work state', 'work'],
      // It is up again before more have failed.
      ['crash(work)', 3, 'front log, work log, work state', 'work'],
    ]);
    expect(seen('whole')).toEqual([
      ['errors(work, 100 %)', 5, 'all log', 'work'],
      ['hang(work)', 5, 'all log', 'work'],
      // Nobody is left to say who did not answer.
      ['crash(work)', 5, 'all log, all state', 'front work extra'],
    ]);
    const finding = (metric: string, fault: string) =>
      result?.findings.find((one) => one.metric === metric && one.scope.fault === fault);
    expect(finding('search-steps', 'errors(work, 100 %)')).toMatchObject({ verdict: 'worse', effect: { value: 1 } });
    expect(finding('cause-named', 'crash(work)')).toMatchObject({ verdict: 'better', effect: { value: 1 } });
    expect(finding('cause-named', 'hang(work)')).toMatchObject({ effect: { value: 0 } });
    expect(finding('suspects-left', 'crash(work)')).toMatchObject({ effect: { value: -2 } });
  });

  it('has nothing to say of a fault under which no request failed', async () => {
    const { result } = await runFake({ experiment: searched([{ kind: 'slow', module: 'work', delayMs: 1 }]) });
    for (const round of result?.rounds ?? [])
      expect(round.diagnosis).toMatchObject([{ status: 'applied', failed: 0, searches: [] }]);
    expect(result?.findings.filter(({ probe }) => probe === 'diagnosis')).toEqual([]);
  });

  it('reads the logs in the time of the laboratory, whatever clock the generator has', async () => {
    const { result } = await runFake({
      experiment: searched([{ kind: 'errors', module: 'work', share: 1 }]),
      agentOffsetMs: -12 * 60_000,
    });
    for (const { diagnosis: [measured] = [] } of result?.rounds ?? []) expect(measured?.searches).toHaveLength(5);
  });

  it('goes on without a fault that cannot happen, and keeps nothing of one that was cancelled', async () => {
    const { result } = await runFake({
      experiment: searched([{ kind: 'memory-leak', module: 'work' }]),
      capabilities: { memoryLimit: false },
    });
    expect(result?.rounds[0]?.diagnosis).toMatchObject([{ status: 'cannot-happen', searches: [] }]);
    const outcome = await runFake({
      experiment: searched([{ kind: 'hang', module: 'work' }]),
      onEvent: (event, controller) => {
        if (event.type === 'load' && event.phase.startsWith('diagnosis')) controller.abort();
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.status).toBe('cancelled');
  });
});
