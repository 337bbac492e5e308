import { describe, expect, it } from 'vitest';
import type { Need } from '../../model/index.ts';
import { unsteady } from './baseline.ts';
import { isolationCells, isolationSums, surprises } from './cell.ts';
import { firstRecovered } from './recovery.ts';
import { slice, slices } from './testing/index.ts';
import { SliceTrack, type TrackedSlice } from './track.ts';

const healthy = { scheduled: 20, good: 20, latencyMs: 5 };
const down = { scheduled: 20, good: 0, latencyMs: 1 };
const slow = { scheduled: 20, good: 20, latencyMs: 205 };
const baseline = slices(0, 5000, () => ({ home: healthy, order: healthy }));

function cellOf(endpoint: string, need: Need | undefined, fault: TrackedSlice[], before = baseline) {
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
    expect(cell.inflation).toBeCloseTo(41, 0);
    const little = slices(5000, 9000, () => ({ home: { ...healthy, latencyMs: 40 } }));
    expect(cellOf('home', undefined, little).impacted).toBe(false);
  });

  it('do not take one stall of the machine for a slower endpoint, but a slowness that goes on', () => {
    const slowFor = (fromMs: number, lengthMs: number) =>
      slices(5000, 7500, (startMs) => ({
        home: startMs >= fromMs && startMs < fromMs + lengthMs ? slow : healthy,
      }));
    for (const fromMs of [5000, 5500, 6750])
      expect(cellOf('home', undefined, slowFor(fromMs, 750)).impacted).toBe(false);
    expect(cellOf('home', undefined, slowFor(5500, 1500)).impacted).toBe(true);
  });

  it('can be impacted by slowness in the shortest windows too', () => {
    const before = slices(0, 1000, () => ({ home: healthy }));
    const fault = slices(5000, 5750, () => ({ home: slow }));
    expect(cellOf('home', undefined, fault, before).impacted).toBe(true);
  });

  it('are not impacted when fewer than one request in twenty is slower, however sure that is', () => {
    const busy = { home: { ...healthy, scheduled: 97, good: 97 }, 'home-slow': { ...slow, scheduled: 3, good: 3 } };
    const mixed = (startMs: number): TrackedSlice => {
      const [one] = slices(startMs, startMs + 250, () => busy);
      const [quick, few] = [one?.endpoints['home'], one?.endpoints['home-slow']];
      if (one === undefined || quick === undefined || few === undefined) throw new Error('no slice');
      return { ...one, endpoints: { home: { ...quick, times: [...quick.times, ...few.times] } } };
    };
    const fault = Array.from({ length: 40 }, (_, index) => mixed(5000 + index * 250));
    const before = slices(0, 5000, () => ({ home: busy.home }));
    expect(cellOf('home', undefined, fault, before).impacted).toBe(false);
  });

  it('do not let one stall in the baseline hide what comes after it', () => {
    const stalled = slices(0, 5000, (startMs) => ({ home: startMs < 500 ? { ...healthy, latencyMs: 600 } : healthy }));
    const fault = slices(5000, 7500, () => ({ home: slow }));
    expect(cellOf('home', undefined, fault, stalled).impacted).toBe(true);
  });

  it('do not take one stray answer among ten for a slower endpoint', () => {
    const one = { scheduled: 1, good: 1, latencyMs: 5 };
    const quiet = slices(0, 2500, () => ({ home: one }));
    const stray = (many: number) =>
      slices(2500, 5000, (startMs) => ({ home: startMs < 2500 + many * 250 ? { ...one, latencyMs: 180 } : one }));
    const cell = (many: number) => cellOf('home', undefined, stray(many), quiet);
    expect([cell(1).impacted, cell(1).inflation]).toEqual([false, expect.closeTo(36, 0) as unknown]);
    expect(cell(8).impacted).toBe(true);
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
      fault: { scheduled: 10, notReached: 90 },
    });
    expect(surprises([cart!, order!])).toEqual([]);
  });
});

describe('isolationSums', () => {
  const hurt = cellOf(
    'order',
    'required',
    slices(5000, 9000, () => ({ order: down })),
  );
  const spared = cellOf('home', undefined, baseline);

  it('judges isolation only by endpoints that do not need the module', () => {
    expect(isolationSums([hurt, spared], { order: 0.25, home: 0.75 })).toEqual({
      breadth: 0.25,
      severity: 0.25,
      isolationIndex: 1,
    });
  });

  it('has no index when every endpoint needs the module', () => {
    expect(isolationSums([hurt], { order: 1 }).isolationIndex).toBeNull();
  });

  it('knows nothing of an endpoint that nobody asked meanwhile', () => {
    const unasked = cellOf('order', undefined, []);
    const lost = { ...hurt, endpoint: 'home', need: 'none' as const };
    expect(isolationSums([unasked, lost], { order: 0.5, home: 0.5 }).isolationIndex).toBe(0);
  });

  it('names what the map did not foresee', () => {
    const unforeseen = { ...hurt, endpoint: 'home', need: 'none' as const };
    expect(surprises([hurt, unforeseen])).toEqual([{ endpoint: 'home', predicted: false, observed: true }]);
    expect(surprises([{ ...hurt, need: 'optional' }])).toEqual([]);
  });

  it('calls an endpoint spared only when enough requests were made to see it hurt', () => {
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

describe('unsteady', () => {
  it('accepts a steady window and refuses a drifting or failing one', () => {
    expect(unsteady(baseline)).toBeNull();
    expect(
      unsteady(slices(0, 5000, (startMs) => ({ home: { ...healthy, latencyMs: startMs < 2500 ? 80 : 20 } }))),
    ).toContain('median');
    expect(unsteady(slices(0, 5000, () => ({ home: { ...healthy, good: 15 } })))).toContain('75.0 %');
    expect(unsteady([])).toContain('no request');
  });
});

describe('SliceTrack', () => {
  it('settles a wait as soon as the span is covered, and rejects it on cancel', async () => {
    const track = new SliceTrack();
    const controller = new AbortController();
    const covered = track.covered(500, controller.signal);
    for (const startMs of [0, 250]) track.add(slice(startMs, { home: healthy }));
    await expect(covered).resolves.toBeUndefined();
    const never = track.covered(10_000, controller.signal);
    controller.abort(new Error('stop'));
    await expect(never).rejects.toThrow('stop');
  });
});
