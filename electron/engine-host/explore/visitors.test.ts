import { expect, it } from 'vitest';
import type { ExploreVisitors, LoadSlice } from '../../../engine/model/index.ts';
import { nobodyYet, sendVisitors, withSlices } from './visitors.ts';

const errors = { status: 0, shape: 0, timeout: 0, refused: 0, reset: 0, other: 0 };

function slice(startMs: number, counts: Record<string, [scheduled: number, good: number]>): LoadSlice {
  const endpoints = Object.entries(counts).map(([name, [scheduled, good]]) => [
    name,
    { scheduled, good, late: 0, dropped: 0, errors, responseTime: '', failureAge: '', notReached: 0 },
  ]);
  return { index: 0, startMs, lengthMs: 200, withheldMs: 0, endpoints: Object.fromEntries(endpoints) };
}

const endpoint = { title: 'Any', method: 'GET' as const, route: '/', needs: {} };
const application = { endpoints: { home: endpoint, buy: endpoint } } as unknown as Parameters<typeof nobodyYet>[0];

it('what visitors get adds up, second by second, and what failed a second ago is told from what fails', () => {
  const first = withSlices(nobodyYet(application), [
    slice(0, { home: [1, 1], buy: [4, 1] }),
    slice(200, { home: [3, 3] }),
  ]);
  expect(first.endpoints).toEqual([
    { name: 'home', asked: 4, failed: 0, failingNow: false },
    { name: 'buy', asked: 4, failed: 3, failingNow: true },
  ]);
  expect(withSlices(first, [slice(1000, { home: [4, 4] })]).endpoints).toEqual([
    { name: 'home', asked: 8, failed: 0, failingNow: false },
    { name: 'buy', asked: 4, failed: 3, failingNow: false },
  ]);
});

it('counts nothing against a fault that was over before it', () => {
  const broken = {
    ...nobodyYet(application),
    since: { atMs: 1500, cause: { kind: 'fault' as const, fault: { kind: 'crash' as const, module: 'any' } } },
  };
  expect(withSlices(broken, [slice(1300, { home: [4, 0] })])).toBe(broken);
  expect(withSlices(broken, [slice(1200, { home: [4, 0] }), slice(1400, { home: [4, 3] })]).endpoints[0]).toMatchObject(
    {
      ...{ asked: 4, failed: 1 },
    },
  );
});

it('counts what had failed already when a fault was known to be in effect', () => {
  let told: (slice: LoadSlice) => void = () => undefined;
  const never = new Promise<never>(() => undefined);
  const agent = {
    startLoad: (_plan: unknown, { onSlice }: { onSlice: typeof told }) => {
      told = onSlice;
      return { done: never };
    },
  };
  const seen: ExploreVisitors[] = [];
  const deployment = { agent, application: { ...application, journeys: {} }, entryUrl: 'http://entry' };
  const visitors = sendVisitors(deployment as unknown as Parameters<typeof sendVisitors>[0], (one) => seen.push(one));
  for (const [at, good] of [4, 4, 1, 0, 4].entries()) told(slice(at * 200, { home: [4, good] }));
  expect(seen.at(-1)?.endpoints[0]).toMatchObject({ asked: 20, failed: 7 });
  const cause = { kind: 'fault' as const, fault: { kind: 'crash' as const, module: 'any' } };
  visitors.countFrom(cause, 600);
  expect(seen.at(-1)).toMatchObject({ since: { atMs: 600, cause }, endpoints: [{ asked: 8, failed: 4 }, {}] });
  visitors.stop();
});
