import { afterAll, expect, it } from 'vitest';
import { leftovers } from '../support/cli/leftovers.ts';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome } from '../support/cli/run.ts';

const home = makeHome();
afterAll(() => home.remove());

it('releases a change to units whose data are on a server, and takes it back', async () => {
  const { code, stdout, stderr } = await runHere(home, [
    ...[
      'release',
      '--change',
      'orders-know-their-channel',
      '--topology',
      'monolith',
      '--store',
      'postgres',
      '--runtime',
      'process',
    ],
    ...['--rate', '2'],
  ]);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout).toContain('cut as monolith, its data in PostgreSQL 18, one server for all units. The process runtime');
  expect(stdout).toMatch(/Taken back after .*; no request of \d+ was lost/);
  expect(await leftovers(home, null)).toEqual([]);
});
