import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import type { LabEvent } from './event.ts';
import type { Round } from './result.ts';
import { finishedRounds, seeRounds, shareDone, timeLeftMs, type SeenRound } from './run-progress.ts';

const [template] = makeResult({ blocks: 1, everything: false, requests: 10 }).rounds;
const plan = { startedAtMs: 0, rounds: 6, estimateMs: 60_000, hasBudget: false };

const begun = (atMs: number, block: number, position: number, attempt = 1): LabEvent => ({
  ...{ atMs, type: 'round-started', roundId: `${block}-${position}-${attempt}`, block, position, attempt },
  ...{ variant: `v${position}`, replica: false },
});
const ended = (
  atMs: number,
  startedAtMs: number,
  [block, position, attempt]: readonly [number, number, number],
  status: Round['status'],
): LabEvent => {
  if (template === undefined) throw new Error('the example result has no round');
  const round = { ...template, id: `${block}-${position}-${attempt}`, block, position, attempt, status, startedAtMs };
  return { atMs, type: 'round-ended', round: { ...round, durationMs: atMs - startedAtMs } };
};

/** A legal run: three blocks of two places, in turns or one after the other, each round ending in some way and perhaps measured again. */
const anyRun = fc
  .array(
    fc.record({
      turns: fc.boolean(),
      took: fc.tuple(fc.integer({ min: 1, max: 40_000 }), fc.integer({ min: 1, max: 40_000 })),
      status: fc.constantFrom<Round['status']>('completed', 'disturbed', 'invalid', 'failed'),
      again: fc.nat(2),
    }),
    { minLength: 3, maxLength: 3 },
  )
  .map((blocks) => {
    const events: LabEvent[] = [];
    let now = 0;
    for (const [block, { turns, took, status, again }] of blocks.entries()) {
      const began = now;
      if (turns) {
        const second = began + Math.min(took[0], 5000) - 1;
        events.push(begun(began, block, 0), begun(second, block, 1));
        now = began + took[0];
        events.push(ended(now, began, [block, 0, 1], status));
        now += took[1];
        events.push(ended(now, second, [block, 1, 1], 'completed'));
      } else
        for (const position of [0, 1] as const) {
          const start = now;
          events.push(begun(start, block, position));
          now += took[position];
          events.push(ended(now, start, [block, position, 1], status));
        }
      for (let attempt = 2; attempt < 2 + again; attempt += 1) {
        const start = now;
        events.push(begun(start, block, 0, attempt));
        now += took[0];
        events.push(ended(now, start, [block, 0, attempt], 'disturbed'));
      }
    }
    return events;
  });

describe('how far a run is', () => {
  it('never falls while it goes on, whatever becomes of the rounds and whatever is measured again', () => {
    fc.assert(
      fc.property(anyRun, fc.boolean(), (events, hasBudget) => {
        let rounds: readonly SeenRound[] = [];
        let last = 0;
        for (const event of events) {
          for (const nowMs of [event.atMs, event.atMs]) {
            const share = shareDone({ ...plan, hasBudget }, rounds, nowMs);
            expect(share).toBeGreaterThanOrEqual(last - 1e-9);
            expect(share).toBeLessThanOrEqual(1);
            last = share;
            rounds = seeRounds(rounds, [event]);
          }
          const left = timeLeftMs({ ...plan, hasBudget }, rounds, event.atMs);
          expect(left).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('does not fall when the run is cancelled', () => {
    const running = seeRounds([], [begun(0, 0, 0), ended(9000, 0, [0, 0, 1], 'disturbed'), begun(9000, 0, 1)]);
    const before = shareDone(plan, running, 14_000);
    const over: LabEvent = { atMs: 14_000, type: 'run-ended', outcome: 'cancelled', resultId: null, text: 'Cancelled' };
    const after = seeRounds(running, [over]);
    expect(after.at(-1)?.status).toBe('cancelled');
    expect(shareDone(plan, after, 14_000)).toBe(before);
  });

  it('counts a round that was disturbed or invalid as finished, once, and one that failed as over', () => {
    const events = (['completed', 'disturbed', 'invalid', 'failed'] as const).flatMap((status, position) => [
      begun(position * 10, 0, position),
      ended(position * 10 + 10, position * 10, [0, position, 1], status),
    ]);
    const again = [begun(50, 0, 1, 2), ended(60, 50, [0, 1, 2], 'disturbed')];
    const rounds = seeRounds([], [...events, ...again]);
    expect(finishedRounds(rounds)).toBe(3);
    expect(shareDone({ ...plan, rounds: 8 }, rounds, 60)).toBe(0.5);
  });

  it('learns from the rounds that are over how long the others take', () => {
    const rounds = seeRounds(
      [],
      [
        begun(0, 0, 0),
        ended(20_000, 0, [0, 0, 1], 'disturbed'),
        begun(20_000, 0, 1),
        ended(40_000, 20_000, [0, 1, 1], 'completed'),
      ],
    );
    expect(timeLeftMs(plan, rounds, 40_000)).toBeCloseTo(80_000, 0);
    expect(timeLeftMs({ ...plan, startedAtMs: null }, rounds, 40_000)).toBeNull();
    expect(timeLeftMs({ ...plan, hasBudget: true }, rounds, 90_000)).toBe(0);
  });
});
