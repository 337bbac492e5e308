import { describe, expect, it } from 'vitest';
import { stormResult } from '../../report/testing/index.ts';
import { faultsSeen } from '../evaluation/index.ts';
import {
  impossibleTimes,
  type Application,
  type LabEvent,
  type Result,
  type Round,
  type StormMeasurement,
} from '../model/index.ts';
import { runFake, type FakeOutcome, type FakeRunOptions } from './testing/index.ts';

const MINUTES_12 = 720_000;
const HOURS_2 = 7_200_000;

/** Every duration of a round, and every moment as a duration since another. */
function durations(round: Round, application: Application): Record<string, number | null> {
  const { deployment, resources, warmUp, latency } = round;
  const moments = faultsSeen(round, application).flatMap(({ measured, outcome }) => {
    const { label, effectAtMs, undoneAtMs, endAtMs, watchedUntilMs, baselineUntilMs } = measured;
    const since = (atMs: number | null) => (atMs === null || effectAtMs === null ? null : atMs - effectAtMs);
    return [
      [`${label} undone`, since(undoneAtMs)],
      [`${label} end`, since(endAtMs)],
      [`${label} watched`, since(watchedUntilMs)],
      [`${label} baseline`, since(baselineUntilMs)],
      [`${label} seen by users`, outcome?.detect.userMs ?? null],
      [`${label} seen by the engine`, outcome?.detect.engineMs ?? null],
      [`${label} recovered`, outcome?.recoverMs ?? null],
      [`${label} lost`, outcome?.lostGoodRequests ?? null],
      ...measured.events.map((event, index) => [`${label} event ${index} ${event.text}`, since(event.atMs)] as const),
    ] as const;
  });
  const units = (deployment?.units ?? []).flatMap((unit) =>
    (['createStartMs', 'createdMs', 'startedMs', 'readyMs'] as const).map(
      (mark) => [`${unit.unit} ${mark}`, unit[mark]] as const,
    ),
  );
  return Object.fromEntries([
    ...units,
    ['all ready', deployment?.allReadyMs ?? null],
    ['first good', deployment?.firstGoodMs ?? null],
    ['removed', deployment?.teardownMs ?? null],
    ['watched', resources?.windowMs ?? null],
    ['idle', resources?.idleWindowMs ?? null],
    ['warm-up', warmUp?.durationMs ?? null],
    ['load', latency?.durationMs ?? null],
    ['round', round.durationMs],
    ...moments,
  ]);
}

function allDurations({ result }: FakeOutcome): Record<string, number | null>[] {
  if (result === null) throw new Error('the run has no result');
  return result.rounds.map((round) => durations(round, result.application));
}

/** How long a whole run took, as its report says it. */
function lengthMs({ result }: FakeOutcome): number {
  return Date.parse(result?.endedAt ?? '') - Date.parse(result?.startedAt ?? '');
}

/** Which slice a moment falls into may turn on less than a ms: what is told by slices is known to within one, and each watch to within a few. */
function limitMs(name: string, exactMs: number, slicesMs: number): number {
  if (/(recovered|seen by users)$/.test(name)) return exactMs + slicesMs;
  return /(baseline|watched|^round)$/.test(name) ? exactMs + 8 * slicesMs : exactMs;
}

function expectAlike(seen: FakeOutcome, plain: FakeOutcome, exactMs: number, slicesMs = 0): void {
  expect(seen.result?.rounds.map(({ status, reasons }) => [status, reasons])).toEqual(
    plain.result?.rounds.map(({ status, reasons }) => [status, reasons]),
  );
  const expected = allDurations(plain);
  for (const [index, round] of allDurations(seen).entries()) {
    expect(Object.keys(round)).toEqual(Object.keys(expected[index] ?? {}));
    for (const [name, ms] of Object.entries(round)) {
      const wanted = expected[index]?.[name] ?? null;
      if (ms === null || wanted === null) expect([name, ms]).toEqual([name, wanted]);
      else
        expect(Math.abs(ms - wanted), `${name}: ${ms}, without ${wanted}`).toBeLessThanOrEqual(
          limitMs(name, exactMs, slicesMs),
        );
    }
  }
}

describe('durations and moments', async () => {
  const plain = await runFake();

  const others: [string, FakeRunOptions][] = [
    ['an agent 12 minutes behind', { agentOffsetMs: -MINUTES_12 }],
    ['an agent 12 minutes ahead', { agentOffsetMs: MINUTES_12 }],
    ['an engine 12 minutes behind', { engineOffsetMs: -MINUTES_12 }],
    ['units 12 minutes behind', { unitOffsetMs: -MINUTES_12 }],
    ['all elsewhere', { agentOffsetMs: HOURS_2, engineOffsetMs: -MINUTES_12, unitOffsetMs: MINUTES_12 }],
  ];
  it.each(others)('are the same with %s', async (_, options) => {
    expectAlike(await runFake(options), plain, 0.01);
  });

  it.each([200, -200])(
    'are the same with an agent whose clock drifts by %d parts of a million',
    async (agentDriftPpm) => {
      // Over the longest load, which lasts some 20 s, that is 4 ms.
      expectAlike(await runFake({ agentDriftPpm, agentOffsetMs: -MINUTES_12 }), plain, 5, 250);
    },
  );

  const moments: [string, (event: LabEvent) => boolean][] = [
    ['while units are created', (event) => event.type === 'unit-state' && event.state === 'starting'],
    ['when a unit is ready', (event) => event.type === 'unit-state' && event.state === 'ready'],
    ['while response times are measured', (event) => event.type === 'load' && event.phase === 'latency'],
    ['before the baseline of the faults has ended', (event) => event.type === 'load' && event.phase === 'isolation'],
    ['when a fault is done', (event) => event.type === 'fault' && event.phase === 'injecting'],
    ['under a fault', (event) => event.type === 'fault' && event.phase === 'active'],
    ['when a fault is taken back', (event) => event.type === 'fault' && event.phase === 'undone'],
  ];
  const jumps = moments.flatMap(([when, is]) =>
    [HOURS_2, -HOURS_2].map((byMs) => ({ when, is, byMs, hours: byMs / 3_600_000 })),
  );
  it.each(jumps)('are the same when the wall clock jumps by $hours h $when', async ({ is, byMs }) => {
    let jumped = 0;
    let laboratory: FakeOutcome['laboratory'] | undefined;
    const seen = await runFake({
      onLaboratory: (made) => (laboratory = made),
      onEvent: (event) => {
        if (jumped > 0 || !is(event)) return;
        jumped += 1;
        laboratory?.clock.setWall(byMs);
      },
    });
    expect(jumped).toBe(1);
    expectAlike(seen, plain, 0.01);
    // Instants are written to the ms.
    expect(Math.abs(lengthMs(seen) - lengthMs(plain))).toBeLessThanOrEqual(2);
  });

  it.each(moments.flatMap(([when, is]) => [2000, -2000].map((byMs) => ({ when, is, byMs }))))(
    'are not believed when the clock of the agent jumps by $byMs ms $when, as that of a machine that stood still',
    async ({ is, byMs }) => {
      let jumpedMs = 0;
      const { result } = await runFake({
        agentJumpMs: () => jumpedMs,
        onEvent: (event) => {
          if (jumpedMs === 0 && is(event)) jumpedMs = byMs;
        },
      });
      const invalid = result?.rounds.filter(({ status }) => status === 'invalid') ?? [];
      expect(invalid.length).toBeGreaterThan(0);
      expect(invalid[0]?.reasons[0]).toMatch(/^impossible times: the agent's clock moved by -?2\.000 s/);
      // Only where it jumped.
      expect(result?.rounds.some(({ status }) => status === 'completed')).toBe(true);
    },
  );

  it.each(moments.flatMap(([when, is]) => [2000, -2000].map((byMs) => ({ when, is, byMs }))))(
    'are not believed when the clock of the engine is set by $byMs ms $when, whose events are stamped by it',
    async ({ is, byMs }) => {
      let jumpedMs = 0;
      const { result } = await runFake({
        engineJumpMs: () => jumpedMs,
        onEvent: (event) => {
          if (jumpedMs === 0 && is(event)) jumpedMs = byMs;
        },
      });
      const invalid = result?.rounds.filter(({ status }) => status === 'invalid') ?? [];
      expect(invalid.length).toBeGreaterThan(0);
      expect(invalid[0]?.reasons.join(' ')).toMatch(/impossible times: the engine's clock moved by -?2\.000 s/);
    },
  );

  it('come with the offsets by which they were corrected', async () => {
    const { result } = await runFake({
      ...{ agentOffsetMs: -MINUTES_12, engineOffsetMs: 1000, unitOffsetMs: 2000 },
    });
    for (const { clocks } of result?.rounds ?? []) {
      const of = (name: string) => Math.round(clocks.find((clock) => clock.of === name)?.offsetMs ?? Number.NaN);
      expect([of('agent'), of('engine')]).toEqual([-MINUTES_12, 1000]);
      const units = clocks.filter((clock) => clock.of.startsWith('unit '));
      expect(units.length).toBeGreaterThan(0);
      expect(units.map(({ offsetMs }) => Math.round(offsetMs))).toEqual(units.map(() => 2000));
    }
  });

  describe('that cannot be', () => {
    const round = firstRound(plain.result);
    it('are found in no round as it was measured', () => {
      expect(plain.result?.rounds.flatMap(impossibleTimes)).toEqual([]);
    });

    const { deployment } = round;
    const [fault] = round.isolation;
    if (deployment === null || fault === undefined) throw new Error('the round measured nothing');
    const unit = deployment.units[0];
    if (unit === undefined) throw new Error('the round has no unit');
    const ofFault = (change: Partial<typeof fault>): Partial<Round> => ({ isolation: [{ ...fault, ...change }] });
    const effectAtMs = fault.effectAtMs ?? 0;
    const cases: [string, Partial<Round>, RegExp][] = [
      [
        'a negative deployment',
        { deployment: { ...deployment, firstGoodMs: -5 } },
        /first good answer came after -0.005/,
      ],
      ['a negative removal', { deployment: { ...deployment, teardownMs: -5 } }, /removal took/],
      [
        'a unit ready before it was started',
        { deployment: { ...deployment, units: [{ ...unit, readyMs: unit.startedMs - 10 }] } },
        /it was ready 0.010 s before "it was started"/,
      ],
      [
        'a unit created before the call',
        { deployment: { ...deployment, units: [{ ...unit, createStartMs: -10 }] } },
        /its creation began 0.010 s before "the call"/,
      ],
      ['a fault undone before its effect', ofFault({ undoneAtMs: effectAtMs - 100 }), /it was undone 0.100 s before/],
      [
        'an effect before the baseline',
        ofFault({ baselineUntilMs: effectAtMs + HOURS_2 }),
        /it took effect 7200.000 s/,
      ],
      [
        'a watch that ended before it',
        ofFault({ watchedUntilMs: effectAtMs - 1000 }),
        /the watch ended 1.000 s before/,
      ],
      [
        'a detection before the effect',
        ofFault({ events: [{ atMs: effectAtMs - MINUTES_12, kind: 'die', text: 'work: die' }] }),
        /"work: die" 720.000 s before the effect/,
      ],
      ['a negative round', { durationMs: -HOURS_2 }, /the round took -7200.000 s/],
    ];
    const stormy = stormResult().rounds;
    it('are found in no storm as it was measured', () => {
      expect(stormy.flatMap(impossibleTimes)).toEqual([]);
    });
    const storm = stormy[0]?.storm;
    if (storm == null) throw new Error('the round has no storm');
    const ofStorm = (change: (measured: StormMeasurement) => Partial<StormMeasurement>): Partial<Round> => ({
      storm: { ...storm, ...change(storm) },
    });
    const casesOfStorm: typeof cases = [
      [
        'a spike before the load',
        ofStorm(({ beganAtMs }) => ({ spikeAtMs: beganAtMs! - 100 })),
        /the spike began 0.100 s/,
      ],
      [
        'a storm before its spike',
        ofStorm(({ spikeAtMs }) => ({ effectAtMs: spikeAtMs! - 100, lastLookAtMs: null })),
        /took effect 0.100 s/,
      ],
      [
        'a last look under the fault',
        ofStorm(({ effectAtMs }) => ({ lastLookAtMs: effectAtMs! + 100 })),
        /the fault took effect 0.100 s before "the counters were looked at last"/,
      ],
      [
        'a look before the load',
        ofStorm(({ beganAtMs }) => ({ firstLookAtMs: beganAtMs! - 100 })),
        /looked at first 0.100 s/,
      ],
      [
        'looks in disorder',
        ofStorm(({ firstLookAtMs }) => ({ lastLookAtMs: firstLookAtMs! - 100 })),
        /looked at last 0.100 s/,
      ],
      [
        'a storm whose watch ended before it',
        ofStorm(({ calmAtMs }) => ({ watchedUntilMs: calmAtMs! - 100 })),
        /the watch ended 0.100 s/,
      ],
    ];
    it.each([...cases, ...casesOfStorm])('are found: %s', (_, change, reason) => {
      const found = impossibleTimes({ ...round, ...change });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatch(reason);
    });
  });
});

function firstRound(result: Result | null): Round {
  const round = result?.rounds[0];
  if (round === undefined) throw new Error('the run has no round');
  return round;
}
