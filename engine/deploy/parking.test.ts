import { expect, it } from 'vitest';
import { Parking } from './parking.ts';

function parkedDeployment() {
  const done: string[] = [];
  let nowMs = 10_000;
  const unit = (name: string) => ({
    pause: async () => {
      done.push(`pause ${name}`);
      nowMs += 20;
    },
    resume: async () => {
      done.push(`resume ${name}`);
      nowMs += 20;
    },
  });
  const [entry, cart, orders, server] = [unit('entry'), unit('cart'), unit('orders'), unit('database')];
  const parking = new Parking(() => ({ entries: [entry], others: [cart, orders], databases: [server] }), {
    nowMs: () => nowMs,
  });
  return { parking, done, later: (ms: number) => (nowMs += ms) };
}

it('stops the entry first and starts it last, with the store the other way round, and does neither twice', async () => {
  const { parking, done } = parkedDeployment();
  await parking.unpark();
  await parking.park();
  await parking.park();
  await parking.unpark();
  await parking.unpark();
  expect(done).toEqual([
    ...['pause entry', 'pause cart', 'pause orders', 'pause database'],
    ...['resume database', 'resume cart', 'resume orders', 'resume entry'],
  ]);
});

it('knows its own pauses from those of a fault', async () => {
  const { parking, later } = parkedDeployment();
  const caused = (kind: 'pause' | 'resume' | 'die', atMs: number) => parking.caused({ kind, atMs });
  expect(caused('pause', 10_000)).toBe(false);
  await parking.park();
  expect([caused('pause', 10_010), caused('die', 10_010)]).toEqual([true, false]);
  const during = later(2000);
  expect(caused('resume', during)).toBe(true);
  await parking.unpark();
  const after = later(3000);
  expect([caused('pause', after), caused('resume', after), caused('resume', during + 60)]).toEqual([
    false,
    false,
    true,
  ]);
});

it('is still parked, and can be tried again, when a unit would not resume', async () => {
  let stuck = true;
  const done: string[] = [];
  const entry = { pause: async () => undefined, resume: async () => void done.push('entry') };
  const cart = {
    pause: async () => undefined,
    resume: () => (stuck ? Promise.reject(new Error('the engine is busy')) : Promise.resolve()),
  };
  const parking = new Parking(() => ({ entries: [entry], others: [cart], databases: [] }), { nowMs: () => 0 });
  await parking.park();
  await expect(parking.unpark()).rejects.toThrow('the engine is busy');
  expect(done).toEqual([]);
  stuck = false;
  await parking.unpark();
  expect(done).toEqual(['entry']);
});
