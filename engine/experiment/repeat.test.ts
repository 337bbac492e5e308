import { describe, expect, it } from 'vitest';
import { looksUpTo, type Experiment, type GeneratorHealth, type LoadPlan, type Result } from '../model/index.ts';
import { problemsAfter, runFake, unbroken, type FakeRunOptions } from './testing/index.ts';

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

interface Tried {
  block: number;
  what: string;
  only: string[] | null;
}

/** The rounds as they ran: `invalid a1` is the first attempt of variant a. */
async function tried(options: FakeRunOptions): Promise<{ rounds: Tried[]; result: Result }> {
  const outcome = await runFake(options);
  expect(problemsAfter(outcome)).toEqual([]);
  const { result } = outcome;
  if (result === null) throw outcome.error;
  const names = result.experiment.variants.map(({ name }) => name);
  return {
    result,
    rounds: result.rounds.map(({ block, status, variant, attempt, only }) => ({
      ...{ block, only },
      what: `${status} ${'abc'[names.indexOf(variant)]}${attempt}`,
    })),
  };
}

const withHealth = (health: (plan: LoadPlan) => Partial<GeneratorHealth>, count = 1, maxRepeats = 1) =>
  tried({ experiment: blocks(count, maxRepeats), health });
const inOrder = (rounds: Tried[]) => rounds.map(({ block, what }) => `${block}: ${what}`);

describe('a round that did not go well', () => {
  it.each([
    ['invalid', invalid],
    ['disturbed', disturbed],
  ])('%s, has its response times measured again in every variant, and nothing else', async (status, health) => {
    const { rounds, result } = await withHealth(inTurn(health));
    const [first, second] = [...new Set(result.order[0])].map((name) =>
      name === result.experiment.variants[0]?.name ? 'a' : 'b',
    );
    expect(inOrder(rounds)).toEqual([
      `0: ${status} ${first}1`,
      `0: completed ${second}1`,
      `0: completed ${first}2`,
      `0: completed ${second}2`,
    ]);
    expect(rounds.map(({ only }) => only)).toEqual([null, null, ['latency'], ['latency']]);
    const again = result.rounds.filter(({ only }) => only !== null);
    for (const round of again) expect([round.latency === null, round.resources === null]).toEqual([false, false]);
    expect(result.repeats).toMatchObject([{ block: 0, variants: ['monolith', 'microservices'], only: ['latency'] }]);
    expect(result.repeats[0]?.reason).toContain([...(health.reasons ?? []), ...(health.disturbances ?? [])][0]);
  });

  it('is left as it is where none may be repeated', async () => {
    const { rounds, result } = await withHealth(inTurn(invalid), 1, 0);
    expect([rounds.length, result.repeats]).toEqual([2, []]);
  });

  it('goes first where it is needed most, not where it was needed first', async () => {
    const { rounds } = await withHealth(inTurn(disturbed, {}, {}, {}, invalid, {}, disturbed), 4);
    expect(rounds.slice(8).map(({ block }) => block)).toEqual([2, 2]);
  });

  it('does not double the time of a run on a machine that is never quiet', async () => {
    const { rounds } = await withHealth(() => disturbed, 4);
    expect(rounds.slice(8).map(({ only }) => only)).toEqual([['latency'], ['latency']]);
    expect(rounds).toHaveLength(10);
    expect((await withHealth(() => disturbed, 4, 5)).rounds).toHaveLength(10);
  });

  it('is measured again in at most an eighth of the blocks, however many are invalid', async () => {
    const { rounds } = await withHealth(() => invalid, 9);
    expect(new Set(rounds.slice(18).map(({ block }) => block)).size).toBe(2);
    expect(rounds).toHaveLength(18 + 4);
  });

  it('is measured again no more often than the experiment says', async () => {
    const { rounds } = await withHealth(() => invalid, 1, 3);
    expect(Math.max(...rounds.map(({ what }) => Number(what.at(-1))))).toBe(4);
  });
});

describe('a fault that could not be done in one variant', () => {
  it('is done again in every variant, and no other fault is', async () => {
    let loads = 0;
    const { rounds, result } = await tried({
      experiment: (one) => ({ ...one, blocks: 1, maxRepeats: 1 }),
      health: (plan) =>
        plan.identitySalt === 'isolation' && ++loads === 1
          ? { valid: false, saturated: true, reasons: ['too busy'] }
          : {},
    });
    expect(rounds.map(({ only }) => only)).toEqual([
      null,
      null,
      ['isolation: crash(extra)', 'isolation: hang(work)'],
      ['isolation: crash(extra)', 'isolation: hang(work)'],
    ]);
    const again = result.rounds.slice(2);
    expect(again.map(({ isolation }) => isolation.map(({ label }) => label))).toEqual([
      ['crash(extra)', 'hang(work)'],
      ['crash(extra)', 'hang(work)'],
    ]);
    expect(again.map(({ latency, resources }) => [latency, resources])).toEqual([
      [null, null],
      [null, null],
    ]);
    for (const { metric, variant, baseline } of result.findings)
      if (metric === 'lost-good-requests') expect([...variant.blocks, ...baseline.blocks]).not.toContain(null);
  });
});

describe('where looks are planned', () => {
  const planned =
    (count: number, looks = looksUpTo(count)) =>
    (experiment: Experiment) => ({
      ...blocks(count, 2)(experiment),
      looks,
    });

  it('another block stands for what is invalid, which is not measured again', async () => {
    const { rounds, result } = await tried({ experiment: planned(12), health: inTurn(invalid) });
    expect(rounds.every(({ what }) => what.endsWith('1'))).toBe(true);
    expect(result.looks[0]?.blocks).toBe(3);
    const median = result.findings.find(
      ({ metric, scope }) => metric === 'response-p50' && scope.endpoint === undefined,
    );
    expect(median?.variant.blocks.filter((value) => value !== null).length).toBe(result.order.length - 1);
  });

  it('what is invalid is measured again before the last look, since no other block comes', async () => {
    const { rounds, result } = await tried({ experiment: planned(3), health: inTurn(invalid) });
    expect(rounds.map(({ block, only }) => [block, only]).slice(4)).toEqual([
      [2, null],
      [2, null],
      [0, ['latency']],
      [0, ['latency']],
    ]);
    expect(result.looks).toHaveLength(1);
  });

  it('no block that was looked at is measured again', async () => {
    const { result } = await tried({ experiment: planned(5), health: () => invalid });
    expect(result.looks.map(({ blocks: seen }) => seen)).toEqual([3, 4, 5]);
    expect(new Set(result.repeats.map(({ block }) => block))).toEqual(new Set([4]));
  });
});

describe('a round that gave nothing', () => {
  it('has its whole block measured again at once', async () => {
    let failures = 0;
    const { rounds, result } = await tried({
      experiment: blocks(2, 1),
      script: ({ call, unit }) => {
        if (call === 'start-unit' && unit === 'extra' && ++failures === 1) throw new Error('no space for extra');
      },
    });
    expect(rounds.map(({ block, only }) => [block, only])).toEqual([
      [0, null],
      [0, null],
      [0, null],
      [0, null],
      [1, null],
      [1, null],
    ]);
    expect(rounds.slice(2).every(({ what }) => what.startsWith('completed'))).toBe(true);
    expect(result.repeats).toMatchObject([{ block: 0, only: null }]);
    expect(result.repeats[0]?.reason).toContain('no space for extra');
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

it('says of a round that is invalid what the machine did to it, and passes no machine as quiet by it', async () => {
  const { result } = await runFake({
    experiment: (experiment) => ({ ...unbroken(experiment), blocks: 2, maxRepeats: 0 }),
    health: (phase) =>
      phase.identitySalt === 'latency'
        ? { valid: false, saturated: true, reasons: ['too late'], disturbances: ['CPU withheld'] }
        : {},
  });
  expect(result?.rounds.map(({ status }) => status)).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
  for (const { reasons } of result?.rounds ?? []) expect(reasons).toEqual(['too late', 'CPU withheld']);
  expect(result?.gate.find(({ name }) => name === 'quiet')).toMatchObject({
    status: 'fail',
    detail: expect.stringContaining('4 of 4 watched rounds were disturbed') as unknown,
  });
});

describe('a load of its own that was spoilt is named with what the generator said, for', () => {
  const withHigher = (one: Experiment): Experiment => ({
    ...unbroken(one),
    probes: { ...unbroken(one).probes, latency: { ...one.probes.latency, higher: { factor: 2, durationMs: 1000 } } },
  });
  const loads: [string, string, (one: Experiment) => Experiment, RegExp][] = [
    ['faults', 'isolation', (one) => one, /^m\w+: crash\(extra\): too busy; m\w+: hang\(work\): too busy$/],
    ['the higher rate', 'latency at a higher rate', withHigher, /^m\w+: .*rate: too busy$/],
  ];
  it.each(loads)('%s', async (_what, salt, experiment, words) => {
    let spoilt = 0;
    const { result, events } = await runFake({
      experiment: (one) => ({ ...experiment(one), blocks: 1, maxRepeats: 1 }),
      health: (plan) =>
        plan.identitySalt.startsWith(salt) && spoilt++ === 0
          ? { valid: false, saturated: true, reasons: ['too busy'] }
          : {},
    });
    expect(spoilt).toBeGreaterThan(0);
    expect(result?.repeats.map(({ reason }) => reason)).toEqual([expect.stringMatching(words)]);
    const told = events.flatMap((event) => (event.type === 'message' ? [event.text] : []));
    expect(told.filter((text) => text.includes('()'))).toEqual([]);
  });
});
