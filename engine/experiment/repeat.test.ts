import { describe, expect, it } from 'vitest';
import type { Experiment, GeneratorHealth, LoadPlan } from '../model/index.ts';
import { problemsAfter, runFake, unbroken } from './testing/index.ts';

const invalid: Partial<GeneratorHealth> = { valid: false, reasons: ['requests started late'] };
const disturbed: Partial<GeneratorHealth> = { disturbances: ['the machine withheld the CPU'] };

/** Health of the measured load: the given ones one after another, then good ones. */
function inTurn(...healths: Partial<GeneratorHealth>[]) {
  const left = [...healths];
  return (plan: LoadPlan): Partial<GeneratorHealth> => (plan.identitySalt === 'latency' ? (left.shift() ?? {}) : {});
}

function blocks(count: number, maxRepeats: number) {
  return (experiment: Experiment): Experiment => ({ ...unbroken(experiment), blocks: count, maxRepeats });
}

async function statuses(health: (plan: LoadPlan) => Partial<GeneratorHealth>, count = 1, maxRepeats = 1) {
  const outcome = await runFake({ experiment: blocks(count, maxRepeats), health });
  expect(problemsAfter(outcome)).toEqual([]);
  return outcome.result?.rounds.map(({ status, attempt }) => `${status} ${attempt}`);
}

describe('a round that did not go well', () => {
  it('is measured again, once', async () => {
    expect(await statuses(inTurn(invalid))).toEqual(['invalid 1', 'completed 2', 'completed 1']);
    expect(await statuses(inTurn(disturbed))).toEqual(['disturbed 1', 'completed 2', 'completed 1']);
  });

  it('is left as it is where none may be repeated', async () => {
    expect(await statuses(inTurn(invalid), 1, 0)).toEqual(['invalid 1', 'completed 1']);
  });

  it('does not double the time of a run on a machine that is never quiet', async () => {
    const rounds = await statuses(() => disturbed, 4);
    expect(rounds?.filter((round) => round.endsWith(' 2'))).toHaveLength(1);
    expect(rounds).toHaveLength(9);
  });

  it('takes at most an eighth of the rounds, however many are invalid', async () => {
    const rounds = await statuses(() => invalid, 8);
    expect(rounds?.filter((round) => round.endsWith(' 2'))).toHaveLength(2);
  });
});

describe('a variant that cannot run', () => {
  it('ends the comparison after its first block, with the reason', async () => {
    const outcome = await runFake({
      experiment: blocks(5, 1),
      script: ({ call, unit }) => {
        if (call === 'start-unit' && unit === 'extra') throw new Error('no space for extra');
      },
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.status).toBe('failed');
    expect(outcome.result?.reason).toMatch(/"microservices" could not be measured: .*no space for extra/);
    expect(outcome.result?.rounds.length).toBeLessThanOrEqual(4);
  });

  it('that never gets ready is named with its last words', async () => {
    const outcome = await runFake({
      experiment: unbroken,
      health: () => ({}),
      ready: (unit) => unit !== 'work',
    });
    expect(problemsAfter(outcome)).toEqual([]);
    expect(outcome.result?.reason).toMatch(/unit "work" did not get ready.*unit work is up/s);
  });
});
