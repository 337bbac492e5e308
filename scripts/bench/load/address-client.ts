import request from 'undici/lib/api/api-request.js';
import { Addresses } from '../../../sample-apps/kit/calls/addresses.ts';
import { Pools } from '../../../sample-apps/kit/calls/pools.ts';
import { WARM_UP_MS, type ClientRun, type ClientWish } from './clients.ts';

// One run of the kit's connections in this process, in a closed loop: to one address that is fixed, or to one of a list, chosen for each call as the kit chooses. The wish and the number of addresses (0: fixed) in
// the arguments, the outcome as one line of JSON.
const wish = JSON.parse(process.argv[2] ?? '{}') as ClientWish;
const count = Number(process.argv[3] ?? 0);

// Other names for the same server: a pool of connections each.
const port = new URL(wish.url).port;
const urls = [wish.url, `http://127.1:${port}`, `http://127.0.1:${port}`].slice(0, Math.max(1, count));
const pools = new Pools();
const addresses = new Addresses(urls);

async function ask(url: string): Promise<void> {
  const { body } = await request.call(pools.get(url), { path: '/', method: 'GET' });
  await body.dump();
}

async function askOne(): Promise<void> {
  const taken = addresses.take();
  if (taken === undefined) throw new Error('There is no address.');
  await ask(taken.address.url);
  addresses.giveBack(taken, 'answered');
}

async function run(forMs: number): Promise<number> {
  const endMs = performance.now() + forMs;
  const call = count === 0 ? () => ask(wish.url) : askOne;
  const counts = await Promise.all(
    Array.from({ length: wish.connections }, async () => {
      let calls = 0;
      for (; performance.now() < endMs; calls++) await call();
      return calls;
    }),
  );
  return counts.reduce((sum, calls) => sum + calls, 0);
}

await run(WARM_UP_MS);
const before = process.cpuUsage();
const requests = await run(wish.seconds * 1000);
const cpu = process.cpuUsage(before);
const told: ClientRun = {
  ...{ requests, cpuSeconds: (cpu.user + cpu.system) / 1e6 },
  ...{ p50Ms: null, p99Ms: null, pacingLag: null, remarks: [] },
};
process.stdout.write(`${JSON.stringify(told)}\n`);
await pools.close();
