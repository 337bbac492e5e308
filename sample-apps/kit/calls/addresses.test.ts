import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Addresses, type Outcome, type Taken } from './addresses.ts';

const urls = fc.uniqueArray(fc.constantFrom<string[]>('a', 'b', 'c', 'd', 'e'), { minLength: 1 });
const outcome = fc.constantFrom<Outcome>('answered', 'unreached', 'late');
const step = fc.oneof(
  fc.record({ do: fc.constant('take' as const) }),
  fc.record({ do: fc.constant('giveBack' as const), which: fc.nat(), outcome }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 5000 }) }),
  fc.record({ do: fc.constant('replace' as const), urls }),
);

/** Addresses whose time the test passes, and the calls under way to them. */
function scene(list: readonly string[]) {
  const clock = { ms: 1000 };
  const addresses = new Addresses(list, () => clock.ms);
  const taken: Taken[] = [];
  const take = (): string => {
    const one = addresses.take()!;
    taken.push(one);
    return one.address.url;
  };
  /** Ends the latest call to it. */
  const end = (url: string, how: Outcome): void => {
    const at = taken.findLastIndex(({ address }) => address.url === url);
    addresses.giveBack(taken.splice(at, 1)[0]!, how);
  };
  /** So many calls, each ended at once; where they went. */
  const calls = (count: number): string[] =>
    Array.from({ length: count }, () => {
      const url = take();
      end(url, 'answered');
      return url;
    });
  /** Calls until it is taken, and that call ends so. */
  const callOf = (url: string, how: Outcome): void => {
    for (let one = take(); one !== url; one = take()) end(one, 'answered');
    end(url, how);
  };
  return { clock, addresses, taken, take, end, calls, callOf };
}

describe('the next address', () => {
  it('is there while there is one that is not excepted, whatever became of the calls before', () => {
    fc.assert(
      fc.property(urls, fc.array(step, { maxLength: 60 }), (first, steps) => {
        const { addresses, clock, taken } = scene(first);
        let list = first;
        for (const one of steps) {
          switch (one.do) {
            case 'take':
              taken.push(addresses.take()!);
              break;
            case 'giveBack':
              if (taken.length > 0) addresses.giveBack(taken.splice(one.which % taken.length, 1)[0]!, one.outcome);
              break;
            case 'pass':
              clock.ms += one.ms;
              break;
            case 'replace':
              addresses.replace(one.urls);
              list = one.urls;
          }
          const but = new Set<Taken['address']>();
          for (let left = list.length; left > 0; left--) {
            const next = addresses.take(but)!;
            expect(list).toContain(next.address.url);
            expect(but).not.toContain(next.address);
            but.add(next.address);
            taken.push(next);
          }
          expect(addresses.take(but)).toBeUndefined();
        }
      }),
    );
  });

  it('is the one with the fewest calls under way', () => {
    fc.assert(
      fc.property(urls, fc.array(fc.option(fc.nat()), { maxLength: 80 }), (list, ends) => {
        const { addresses, taken, take } = scene(list);
        const underway = new Map(list.map((url) => [url, 0]));
        for (const end of ends) {
          if (end !== null && taken.length > 0) {
            const one = taken.splice(end % taken.length, 1)[0]!;
            underway.set(one.address.url, underway.get(one.address.url)! - 1);
            addresses.giveBack(one, 'answered');
          }
          const fewest = Math.min(...underway.values());
          const url = take();
          expect(underway.get(url)).toBe(fewest);
          underway.set(url, fewest + 1);
        }
      }),
    );
  });

  it('is each in turn among equals', () => {
    fc.assert(
      fc.property(urls, fc.nat({ max: 9 }), (list, before) => {
        const { calls } = scene(list);
        calls(before);
        const round = calls(list.length);
        expect(round.toSorted()).toEqual(list.toSorted());
        expect(calls(list.length)).toEqual(round);
      }),
    );
  });
});

describe('an address out of reach', () => {
  const aside = (failures: number): number => Math.min(4000, 250 * 2 ** (failures - 1));

  it('is left out for 250 ms, twice as long after each further failure and 4 s at most, and then tried by one call', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), (failures) => {
        const { clock, calls, callOf, take, end } = scene(['dead', 'alive']);
        for (let failure = 1; failure <= failures; failure++) {
          callOf('dead', 'unreached');
          expect(calls(4)).not.toContain('dead');
          clock.ms += aside(failure) - 1;
          expect(calls(4)).not.toContain('dead');
          clock.ms += 1;
        }
        const tried = Array.from({ length: 6 }, take);
        expect(tried.filter((url) => url === 'dead')).toHaveLength(1);
        // It answers, and is one like the others.
        end('dead', 'answered');
        expect(Array.from({ length: 8 }, take)).toContain('dead');
      }),
    );
  });

  it('counts a failure of many calls at once as one', () => {
    const { clock, taken, take, calls, end } = scene(['dead', 'alive']);
    for (let call = 0; call < 20; call++) take();
    while (taken.some(({ address }) => address.url === 'dead')) end('dead', 'unreached');
    while (taken.length > 0) end('alive', 'answered');
    clock.ms += 249;
    expect(calls(4)).not.toContain('dead');
    clock.ms += 1;
    expect(calls(4)).toContain('dead');
  });

  it('is taken back as soon as a call that was on its way is answered', () => {
    const { take, end, calls } = scene(['shaky', 'alive']);
    for (let call = 0; call < 4; call++) take();
    end('shaky', 'unreached');
    expect(calls(3)).not.toContain('shaky');
    end('shaky', 'answered');
    expect(calls(3)).toContain('shaky');
  });

  it('is the first to be tried where its time is up first and all are left out', () => {
    const { clock, callOf, take } = scene(['a', 'b']);
    callOf('b', 'unreached');
    clock.ms += 10;
    callOf('a', 'unreached');
    expect([take(), take()]).toEqual(['b', 'a']);
  });

  it('may be one that lets five calls in a row wait too long, and not one that answers between them', () => {
    const { callOf, calls } = scene(['still', 'alive']);
    for (let call = 0; call < 4; call++) callOf('still', 'late');
    callOf('still', 'answered');
    for (let call = 0; call < 4; call++) callOf('still', 'late');
    expect(calls(3)).toContain('still');
    // Which was an answer again.
    for (let call = 0; call < 5; call++) callOf('still', 'late');
    expect(calls(4)).not.toContain('still');
  });
});

describe('a new list', () => {
  it('gives those that are no more and keeps what is known of those that stay', () => {
    fc.assert(
      fc.property(urls, urls, (before, after) => {
        const { addresses, take, taken } = scene(before);
        // The calls under way tell the known from the new.
        for (const _ of before) take();
        expect(addresses.replace(after).toSorted()).toEqual(before.filter((url) => !after.includes(url)).toSorted());
        const fresh = after.filter((url) => !before.includes(url));
        expect(fresh.map(() => take()).toSorted()).toEqual(fresh.toSorted());
        // Those of before may end.
        for (const one of taken) addresses.giveBack(one, 'answered');
        expect(after.map(() => take()).toSorted()).toEqual(after.toSorted());
      }),
    );
  });

  it('leaves out whoever was left out', () => {
    const { addresses, callOf, calls } = scene(['dead', 'alive']);
    callOf('dead', 'unreached');
    addresses.replace(['new', 'dead']);
    expect(calls(3)).toEqual(['new', 'new', 'new']);
  });
});
