import fc from 'fast-check';
import { expect, it } from 'vitest';
import { UnitMeter } from './unit-meter.ts';

/** CPU seconds as read, or a start that is told; of a list, starts that are told while the engine is asked. */
type Step = number | 'start' | [number, ...'start'[]];

/** What a meter makes of CPU seconds read one after another, and of starts between them. */
function used(steps: readonly Step[]): number {
  const meter = new UnitMeter();
  for (const step of steps) {
    if (step === 'start') meter.startsAnew();
    else {
      const [cpuSeconds, ...meanwhile] = typeof step === 'number' ? [step] : step;
      const read = meter.reading();
      for (const _ of meanwhile) meter.startsAnew();
      read({
        ...{ atMs: 0, cpuSeconds, memoryBytes: 1 },
        ...{ networkReceivedBytes: cpuSeconds * 100, networkSentBytes: null },
      });
    }
  }
  const { cpuSeconds: total } = meter.used;
  if (total === null) throw new Error('the CPU is not known');
  expect(meter.used.networkReceivedBytes).toBeCloseTo(total * 100, 6);
  if (steps.length > 1) expect(meter.used.networkSentBytes).toBeNull();
  return total;
}

it.each<[string, readonly Step[], number]>([
  ['without a restart: the difference', [10, 12, 15], 5],
  ['of a unit that is not read again: nothing', [10], 0],
  ['of a unit that crashed and came back: before and after', [10, 14, 'start', 1, 3], 7],
  ['of one that used more after the crash than ever before it', [1, 2, 'start', 5], 6],
  ['whose event comes after the reading', [10, 14, 1, 3], 7],
  ['whose event comes after the reading, and is no second start', [10, 14, 1, 'start', 3], 7],
  ['whose late event is followed by a second start', [10, 14, 1, 'start', 'start', 3], 8],
  ['that is started while it is read before', [10, 14, [16, 'start'], 1], 7],
  ['that is started while it is read after', [10, 14, [1, 'start'], 3], 7],
  ['that is started while it is read first', [[10, 'start'], 1, 3], 3],
  ['that is started twice while it is read', [10, [14, 'start', 'start'], 1, 3], 7],
  ['that is down, and started later', [10, 14, 0, 'start', 3], 7],
  ['that crashed twice', [0, 4, 'start', 2, 'start', 1], 7],
  ['that crashed twice between two readings', [0, 4, 'start', 'start', 1], 5],
  ['that is down at the end', [10, 14, 0], 4],
  ['that was started before it is read first', ['start', 10, 14], 4],
  ['that is started before it is read, and once more meanwhile', [10, 'start', [3, 'start'], 1, 4], 7],
])('the CPU %s', (_, steps, seconds) => {
  expect(used(steps)).toBeCloseTo(seconds, 9);
});

it('is never less for a crash: any readings of it sum up to what was read of each start', () => {
  for (let share = 0; share <= 1; share += 0.125)
    expect(used([0, 8 * share, 'start', 0, 8 * (1 - share)])).toBeCloseTo(used([0, 8]), 9);
});

it.each<[string, readonly (number | null)[], number | null]>([
  ['the first reading did not tell', [null, 10, 15], null],
  ['the last reading did not tell', [10, 15, null], null],
  ['no reading told', [null, null], null],
  ['a reading in between did not tell: the difference', [10, null, 15], 5],
])('what %s', (_, readings, expected) => {
  const meter = new UnitMeter();
  for (const value of readings)
    meter.reading()({
      ...{ atMs: 0, cpuSeconds: value, memoryBytes: value },
      ...{ networkReceivedBytes: value, networkSentBytes: value },
    });
  expect(meter.used).toEqual({
    ...{ cpuSeconds: expected, networkReceivedBytes: expected, networkSentBytes: expected },
    memoryBytes: readings.at(-1),
    memoryPeakBytes: readings.every((value) => value === null) ? null : 15,
  });
});

it('a crash that a silent reading hides counts from its start', () => {
  const meter = new UnitMeter();
  const read = (cpuSeconds: number | null) =>
    meter.reading()({ atMs: 0, cpuSeconds, memoryBytes: null, networkReceivedBytes: null, networkSentBytes: null });
  read(10);
  meter.startsAnew();
  read(null);
  read(12);
  expect(meter.used.cpuSeconds).toBe(12);
});

/** What happens to a unit: it uses so much, is started again, or is read, with or without an answer on its CPU and on its network. */
type Happening = { uses: number } | 'start' | { tells: { cpu: boolean; network: boolean } };

const happenings: fc.Arbitrary<Happening[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ uses: fc.nat(20) }) },
    { weight: 2, arbitrary: fc.constant('start' as const) },
    { weight: 3, arbitrary: fc.record({ tells: fc.record({ cpu: fc.boolean(), network: fc.boolean() }) }) },
  ),
  { maxLength: 40 },
);

/** What is known of a counter that begins at 0 with each start, told by the readings for which `isTold`. */
function knownOf(steps: readonly Happening[], isTold: (tells: { cpu: boolean; network: boolean }) => boolean) {
  let [counter, seen, sum] = [0, 0, 0];
  const readings: boolean[] = [];
  for (const step of steps) {
    if (step === 'start') [counter, seen] = [0, 0];
    else if ('uses' in step) counter += step.uses;
    else {
      readings.push(isTold(step.tells));
      if (!isTold(step.tells)) continue;
      if (readings.length > 1) sum += counter - seen;
      seen = counter;
    }
  }
  return readings[0] === true && readings.at(-1) === true ? sum : null;
}

it('sums up what readings tell of every start, whichever of them tell nothing', () => {
  fc.assert(
    fc.property(happenings, (steps) => {
      const meter = new UnitMeter();
      let counter = 0;
      for (const step of steps) {
        if (step === 'start') {
          counter = 0;
          meter.startsAnew();
        } else if ('uses' in step) counter += step.uses;
        else {
          const told = step.tells.cpu ? counter : null;
          const network = step.tells.network ? counter : null;
          const [networkReceivedBytes, networkSentBytes] = [network, network];
          meter.reading()({ atMs: 0, cpuSeconds: told, memoryBytes: null, networkReceivedBytes, networkSentBytes });
        }
      }
      const network = knownOf(steps, (tells) => tells.network);
      expect(meter.used).toMatchObject({
        cpuSeconds: knownOf(steps, (tells) => tells.cpu),
        ...{ networkReceivedBytes: network, networkSentBytes: network },
      });
    }),
  );
});
