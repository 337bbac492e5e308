import { describe, expect, it } from 'vitest';
import { applicationSchema, type IsolationMeasurement, type LineSlice, type Need } from '../../model/index.ts';
import { isolationCells, surprises } from './cell.ts';
import { deriveOutcome } from './derive.ts';
import { judgeCell } from './over-deployments.ts';
import { firstRecovered } from './recovery.ts';
import { slowCounts } from './slower.ts';
import { slices, type FakeTraffic } from './testing/index.ts';

const healthy = { scheduled: 20, good: 20, latencyMs: 5 };
const down = { scheduled: 20, good: 0, latencyMs: 1 };
const slow = { scheduled: 20, good: 20, latencyMs: 205 };
const baseline = slices(0, 5000, () => ({ home: healthy, order: healthy }));

function cellOf(endpoint: string, need: Need | undefined, fault: LineSlice[], before = baseline) {
  const [cell] = isolationCells({ [endpoint]: need }, { baseline: before, fault, recovery: [] });
  if (cell === undefined) throw new Error('no cell');
  return cell;
}

describe('isolationCells', () => {
  it('are empty when nothing changed', () => {
    expect(cellOf('home', undefined, baseline)).toMatchObject({ degradation: 0, impacted: false, need: 'none' });
  });

  it('are impacted when requests are lost, with an interval that leaves out zero', () => {
    const cell = cellOf(
      'order',
      'required',
      slices(5000, 9000, () => ({ order: down })),
    );
    expect(cell).toMatchObject({ degradation: 1, impacted: true });
    expect(cell.degradationLow).toBeGreaterThan(0.9);
  });

  it('are impacted when requests are only slower, by 1.5 x and 50 ms', () => {
    const cell = cellOf(
      'home',
      undefined,
      slices(5000, 9000, () => ({ home: slow })),
    );
    expect(cell).toMatchObject({ degradation: 0, impacted: true });
    expect(cell.addedMs).toBe(200);
    expect(cell.inflation).toBeCloseTo(41, 0);
    const little = slices(5000, 9000, () => ({ home: { ...healthy, latencyMs: 40 } }));
    expect(cellOf('home', undefined, little).impacted).toBe(false);
  });

  it('are not impacted when fewer than one request in twenty is slower, however sure that is', () => {
    const busy = { home: { ...healthy, scheduled: 97, good: 97 }, 'home-slow': { ...slow, scheduled: 3, good: 3 } };
    const mixed = (startMs: number): LineSlice => {
      const [one] = slices(startMs, startMs + 250, () => busy);
      const [quick, few] = [one?.endpoints['home'], one?.endpoints['home-slow']];
      if (one === undefined || quick === undefined || few === undefined) throw new Error('no slice');
      return { ...one, endpoints: { home: { ...quick, answersMs: [...quick.answersMs, ...few.answersMs] } } };
    };
    const fault = Array.from({ length: 40 }, (_, index) => mixed(5000 + index * 250));
    const before = slices(0, 5000, () => ({ home: busy.home }));
    expect(cellOf('home', undefined, fault, before).impacted).toBe(false);
  });

  it('tell p95 only from 200 requests, and always how much later the median answer came', () => {
    const few = slices(5000, 7250, () => ({ home: slow }));
    expect(cellOf('home', undefined, few)).toMatchObject({ inflation: null, addedMs: 200, fault: { p95Ms: null } });
    expect(
      cellOf(
        'home',
        undefined,
        slices(5000, 7500, () => ({ home: slow })),
      ).inflation,
    ).toBeCloseTo(41, 0);
  });

  it('do not take refused requests for quick answers', () => {
    // Half are refused at once, as instant 503s are; the others take as long as before.
    const half = slices(5000, 9000, () => ({ home: { scheduled: 20, good: 10, latencyMs: 5 } })).map((one) => ({
      ...one,
      endpoints: { home: { ...one.endpoints['home']!, failuresMs: Array.from({ length: 10 }, () => 0.5) } },
    }));
    const cell = cellOf('home', undefined, half);
    expect(cell.fault.p95Ms).toBe(5);
    expect([cell.addedMs, cell.degradation]).toEqual([0, 0.5]);
  });

  it('say that an endpoint was cut off where nobody came as far as it, and never that it was hurt', () => {
    const fault = slices(5000, 7500, () => ({
      'cart-add': down,
      order: { scheduled: 1, good: 1, latencyMs: 5, notReached: 9 },
    }));
    const both = slices(0, 5000, () => ({ 'cart-add': healthy, order: healthy }));
    const [cart, order] = isolationCells(
      { 'cart-add': 'required', order: 'required' },
      { baseline: both, fault, recovery: [] },
    );
    expect(cart).toMatchObject({ impacted: true, cutOff: false });
    expect(order).toMatchObject({
      degradation: 0,
      impacted: false,
      cutOff: true,
      wantedDegradation: expect.closeTo(0.9, 12) as number,
      fault: { scheduled: 10, notReached: 90 },
    });
    expect(surprises([cart!, order!])).toEqual([]);
  });
});

describe('surprises', () => {
  const hurt = cellOf(
    'order',
    'required',
    slices(5000, 9000, () => ({ order: down })),
  );

  it('name what the map did not foresee', () => {
    const unforeseen = { ...hurt, endpoint: 'home', need: 'none' as const };
    expect(surprises([hurt, unforeseen])).toEqual([{ endpoint: 'home', predicted: false, observed: true }]);
    expect(surprises([{ ...hurt, need: 'optional' }])).toEqual([]);
  });

  it('call an endpoint spared only when enough requests were made to see it hurt', () => {
    const asked = (requests: number) =>
      cellOf(
        'order',
        'required',
        slices(5000, 5250, () => ({ order: { scheduled: requests, good: requests, latencyMs: 5 } })),
      );
    expect(surprises([asked(4)])).toEqual([]);
    expect(surprises([asked(60)])).toEqual([{ endpoint: 'order', predicted: true, observed: false }]);
  });
});

describe('a cell over deployments', () => {
  const judged = (faults: LineSlice[][]) =>
    judgeCell(
      'home',
      faults.map((fault) => cellOf('home', undefined, fault)),
      faults.map((fault) => slowCounts(baseline, fault, 'home')),
    );
  const slowFor = (fromMs: number, lengthMs: number) =>
    slices(5000, 7500, (startMs) => ({ home: startMs >= fromMs && startMs < fromMs + lengthMs ? slow : healthy }));
  const calm = slowFor(0, 0);

  it('is hurt where the same 750 ms of slowness come in each, and not where one deployment stood still', () => {
    expect(judged([slowFor(5000, 750), slowFor(5250, 750), slowFor(5500, 750)]).impacted).toBe(true);
    const stalled = judged([slowFor(5000, 750), calm, calm]);
    expect([stalled.hurtIn, stalled.impacted, stalled.expectation]).toEqual([1, false, 'as-predicted']);
  });

  it('is not hurt where stalls of different length came in two of three', () => {
    expect(judged([slowFor(5000, 250), slowFor(5000, 1000), calm]).impacted).toBe(false);
  });

  it('is hurt where most deployments lost requests', () => {
    const lossy = slices(5000, 7500, () => ({ home: { ...healthy, good: 15 } }));
    expect(judged([lossy, lossy, calm])).toMatchObject({ impacted: true, expectation: 'surprise-hurt' });
    expect(judged([lossy, calm, calm]).impacted).toBe(false);
  });

  it('is what a single deployment showed where there is one only', () => {
    expect(judged([slowFor(5000, 1500)]).impacted).toBe(true);
    expect(judged([calm]).impacted).toBe(false);
  });
});

describe('deriveOutcome', () => {
  const application = applicationSchema.parse({
    ...{ version: 1, name: 'tiny', title: 'Tiny', kit: 'kit.ts', entry: 'front' },
    modules: { front: { title: 'Front', source: 'a.ts' }, back: { title: 'Back', source: 'b.ts' } },
    endpoints: {
      home: { title: 'Home', method: 'GET', route: '/', needs: { front: 'required' } },
      order: { title: 'Order', method: 'POST', route: '/o', needs: { front: 'required', back: 'required' } },
    },
    journeys: {
      a: { title: 'A', weight: 3, steps: [{ endpoint: 'home', path: '/', expect: {} }] },
      b: { title: 'B', weight: 1, steps: [{ endpoint: 'order', path: '/o', expect: {} }] },
    },
    seed: { default: 1, sizes: { things: 1 } },
    topologies: { monolith: { all: ['front', 'back'] } },
  });
  const both = { home: { ...healthy, scheduled: 30, good: 30 }, order: { ...healthy, scheduled: 10, good: 10 } };
  const effectAtMs = 5200;
  const measured = (change: Partial<IsolationMeasurement> = {}): IsolationMeasurement => ({
    ...{ fault: { kind: 'crash', module: 'back' }, label: 'crash(back)', scope: 'module', unit: 'all', module: 'back' },
    ...{ status: 'applied', reason: null, baselineFromMs: 0, baselineUntilMs: 5000 },
    ...{ effectAtMs, undoneAtMs: 7700, endAtMs: 7700, watchedUntilMs: 15_000, recoverCountedFrom: 'effect' },
    ...{ restarts: 1, events: [], resolutionMs: 250, legacy: null, ...change },
  });
  /** Everything fails for half a second from the effect on, which lies in the middle of a slice. */
  const line = (bad: Record<string, FakeTraffic> = { home: down, order: down }) =>
    slices(0, 15_000, (startMs) => (startMs >= 5000 && startMs < 5750 ? { ...both, ...bad } : both));
  const outcome = (slicesOf: LineSlice[], change: Partial<IsolationMeasurement> = {}) => {
    const found = deriveOutcome(measured(change), slicesOf, application);
    if (found === null) throw new Error('nothing was derived');
    return found;
  };

  it('counts the slice that straddles the effect in full', () => {
    // Three slices of 40, the first of which began 200 ms before the effect.
    const seen = outcome(line({ home: { ...down, scheduled: 30 }, order: { ...down, scheduled: 10 } }));
    expect(seen.lostGoodRequests).toBe(120);
    expect(seen.detect.userMs).toBe(0);
    // 160 good requests a second were lost for 0.75 s.
    expect(seen.outageSeconds).toBeCloseTo(0.75, 9);
    expect(seen.recoverMs).toBe(550);
  });

  it('counts what was not reached as lost, in totals and index, and keeps the cell as cut off', () => {
    const seen = outcome(
      line({
        home: { ...healthy, scheduled: 30, good: 30 },
        order: { scheduled: 2, good: 2, latencyMs: 5, notReached: 8 },
      }),
    );
    expect(seen.lostGoodRequests).toBeCloseTo(24, 9);
    expect(seen.severity).toBeCloseTo(0.25 * (24 / 100), 9);
    expect(seen.endpoints.map(({ endpoint, cutOff }) => [endpoint, cutOff])).toEqual([
      ['home', false],
      ['order', true],
    ]);
    const needed = outcome(line({ home: { scheduled: 15, good: 15, latencyMs: 5, notReached: 15 } }), {
      module: 'elsewhere',
    });
    expect(needed.isolationIndex).toBeLessThan(0.9);
  });

  it('tells when the engine saw it by what happened to the unit, not to another or to a breaker', () => {
    const event = (atMs: number, kind: string, unit?: string) => ({ atMs, kind, text: kind, unit });
    const events = [event(5300, 'unhealthy', 'other'), event(5400, 'breaker'), event(5500, 'die', 'all')];
    expect(outcome(line(), { events }).detect).toMatchObject({ engineMs: 300, breakerMs: 200 });
    expect(outcome(line(), { events: events.slice(0, 1) }).detect.engineMs).toBeNull();
  });

  it('has an index of the same window whatever the length of the fault', () => {
    const slicesOf = line({ home: { ...down, scheduled: 30 }, order: { ...down, scheduled: 10 } });
    const index = (endAtMs: number) => outcome(slicesOf, { endAtMs, undoneAtMs: endAtMs }).isolationIndex;
    // Three of ten slices of the 2.5 s are lost.
    expect(index(7700)).toBeCloseTo(0.7, 9);
    expect(index(7200)).toBe(index(10_200));
  });

  it('tells each of its numbers from the slices and the moments alone', () => {
    const slicesOf = line();
    expect(outcome(slicesOf)).toEqual(outcome(structuredClone(slicesOf)));
    expect(deriveOutcome(measured({ effectAtMs: null }), slicesOf, application)).toBeNull();
    expect(
      outcome(
        slicesOf.filter(({ startMs }) => startMs < 9000),
        { watchedUntilMs: 9000 },
      ),
    ).toMatchObject({
      // The first slice after the effect is the first from which no whole window of 5 s was watched.
      ...{ recoverMs: null, recoverCensoredAtMs: 50, metastable: true },
    });
  });
});

describe('firstRecovered', () => {
  const reference = { availability: 1, p95Ms: 5 };

  it('is the start of the first whole good window', () => {
    const line = slices(0, 12_000, (startMs) => ({ home: startMs < 2000 ? down : healthy }));
    expect(firstRecovered(line, 0, reference)).toBe(2000);
  });

  it('waits for a whole window', () => {
    expect(
      firstRecovered(
        slices(0, 4500, () => ({ home: healthy })),
        0,
        reference,
      ),
    ).toBeNull();
  });

  it('counts a window in which a few more than one in twenty are slow by chance, and not one in which many are', () => {
    const home = (slowShare: number) => {
      const many = Math.round(20 * slowShare);
      return {
        home: { ...healthy, scheduled: 20 - many, good: 20 - many },
        rest: { ...slow, scheduled: many, good: many },
      };
    };
    // One request in ten slices of twenty more than a p95 allows.
    const chance = slices(0, 6000, (startMs) => home(startMs % 2500 === 0 ? 0.1 : 0.05));
    expect(firstRecovered(chance, 0, reference)).toBe(0);
    const slower = slices(0, 6000, () => home(0.15));
    expect(firstRecovered(slower, 0, reference)).toBeNull();
  });

  it('does not count a window that is good but slow', () => {
    expect(
      firstRecovered(
        slices(0, 9000, () => ({ home: slow })),
        0,
        reference,
      ),
    ).toBeNull();
  });
});
