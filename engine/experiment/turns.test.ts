import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cyclesOf, Turns } from './turns.ts';

describe('the cycles of windows', () => {
  it('are AB BA of two', () => {
    const cycles = cyclesOf(2, 4, 1);
    const [first, second] = cycles;
    expect(first?.toSorted()).toEqual([0, 1]);
    expect(second).toEqual(first?.toReversed());
    expect(cycles.slice(2)).toEqual(cycles.slice(0, 2));
  });

  it('have everyone once, and over a whole square everyone after everyone and at every place equally often', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 0, max: 1000 }), (places, seed) => {
        const rows = places % 2 === 0 || places === 1 ? places : 2 * places;
        const cycles = cyclesOf(places, rows, seed);
        const follows = new Map<string, number>();
        const stands = new Map<string, number>();
        for (const cycle of cycles) {
          expect(cycle.toSorted((a, b) => a - b)).toEqual(Array.from({ length: places }, (_, place) => place));
          for (const [index, place] of cycle.entries()) {
            stands.set(`${place} at ${index}`, (stands.get(`${place} at ${index}`) ?? 0) + 1);
            const before = cycle[index - 1];
            if (before !== undefined) follows.set(`${before},${place}`, (follows.get(`${before},${place}`) ?? 0) + 1);
          }
        }
        expect(new Set(stands.values()).size).toBe(1);
        expect(stands.size).toBe(places * places);
        if (places > 1) {
          expect(new Set(follows.values()).size).toBe(1);
          expect(follows.size).toBe(places * (places - 1));
        }
      }),
    );
  });

  it('have everyone at every place, the first above all, as often as any other or once less, however many they are', () => {
    const placesCyclesSeed = [
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 0, max: 1000 }),
    ] as const;
    fc.assert(
      fc.property(...placesCyclesSeed, (places, cycles, seed) => {
        const drawn = cyclesOf(places, cycles, seed);
        expect(drawn).toHaveLength(cycles);
        for (let at = 0; at < places; at += 1) {
          const often = Array.from({ length: places }, (_, who) => drawn.filter((cycle) => cycle[at] === who).length);
          expect(Math.max(...often) - Math.min(...often)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('give the place that one gets once more to everyone alike, over the seeds', () => {
    const firstTwice = [0, 0, 0];
    for (let seed = 0; seed < 600; seed += 1) {
      const firsts = cyclesOf(3, 4, seed).map(([first]) => first);
      for (const who of [0, 1, 2]) firstTwice[who]! += Number(firsts.filter((first) => first === who).length === 2);
    }
    for (const often of firstTwice) expect(Math.abs(often - 200)).toBeLessThan(60);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(cyclesOf(3, 6, 7)).toEqual(cyclesOf(3, 6, 7));
    expect(new Set(Array.from({ length: 20 }, (_, seed) => JSON.stringify(cyclesOf(3, 6, seed)))).size).toBeGreaterThan(
      5,
    );
  });
});

describe('turns', () => {
  const never = new AbortController().signal;

  /** What everyone did, in the order in which it was done. */
  async function play(order: number[], whoLeaves: { place: number; after: number }[] = []): Promise<string[]> {
    const turns = new Turns(order, never);
    const done: string[] = [];
    const one = async (place: number) => {
      const own = order.filter((other) => other === place).length;
      const stop = whoLeaves.find((leaver) => leaver.place === place)?.after ?? own;
      for (let turn = 0; turn < Math.min(own, stop); turn += 1) {
        await turns.take(place);
        done.push(`${place}`);
        await new Promise(setImmediate);
        if (turn + 1 < Math.min(own, stop)) turns.pass(place);
      }
      turns.leave(place);
    };
    await Promise.all([...new Set(order)].toReversed().map(one));
    return done;
  }

  it('come in the order that was fixed, whoever asks first', async () => {
    expect(await play([0, 1, 0, 1, 1, 0])).toEqual(['0', '1', '0', '1', '1', '0']);
  });

  it('of those who left are passed over, and nobody waits for ever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 0, max: 4 }),
        async (order, place, after) => {
          const seen = new Map<number, number>();
          const expected = order.filter((one) => {
            const turn = seen.get(one) ?? 0;
            seen.set(one, turn + 1);
            return one !== place || turn < after;
          });
          expect(await play(order, [{ place, after }])).toEqual(expected.map(String));
        },
      ),
    );
  });

  it('end for everyone who waits when the run is cancelled', async () => {
    const controller = new AbortController();
    const turns = new Turns([0, 1, 2], controller.signal);
    const waiting = [1, 2].map((place) => turns.take(place));
    controller.abort(new Error('cancelled'));
    for (const one of waiting) await expect(one).rejects.toThrow('cancelled');
    await expect(turns.take(0)).rejects.toThrow('cancelled');
  });
});
