import { Client, type Dispatcher } from 'undici';
import { WARM_UP_MS, type ClientRun, type ClientWish } from './clients.ts';

// One run of undici's dispatcher, and llhttp within it, in this process, as fast as it goes: the wish in the argument, the outcome as one line of JSON. It does less than the
// generator: nothing is paced, recorded or judged.
const wish = JSON.parse(process.argv[2] ?? '{}') as ClientWish;

async function run(forMs: number): Promise<number> {
  const endMs = performance.now() + forMs;
  const clients = Array.from({ length: wish.connections }, () => new Client(wish.url, { pipelining: 1 }));
  const counts = await Promise.all(clients.map((client) => untilEnd(client, endMs)));
  await Promise.all(clients.map((client) => client.close()));
  return counts.reduce((sum, count) => sum + count, 0);
}

function untilEnd(client: Client, endMs: number): Promise<number> {
  return new Promise((resolve, reject) => {
    let count = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: () => undefined,
      onResponseData: () => undefined,
      onResponseEnd: () => {
        count++;
        if (performance.now() < endMs) next();
        else resolve(count);
      },
      onResponseError: (_controller, error) => reject(error),
    };
    const next = (): void => {
      client.dispatch({ path: '/', method: 'GET' }, handler);
    };
    next();
  });
}

await run(WARM_UP_MS);
const before = process.cpuUsage();
const requests = await run(wish.seconds * 1000);
const cpu = process.cpuUsage(before);
const outcome: ClientRun = {
  ...{ requests, cpuSeconds: (cpu.user + cpu.system) / 1e6 },
  ...{ p50Ms: null, p99Ms: null, pacingLag: null, remarks: [] },
};
process.stdout.write(`${JSON.stringify(outcome)}\n`);
