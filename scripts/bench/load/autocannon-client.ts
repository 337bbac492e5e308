import autocannon from 'autocannon';
import type { ClientRun, ClientWish } from './clients.ts';

// One run of autocannon in this process: the wish in the argument, the outcome as one line of JSON.
const wish = JSON.parse(process.argv[2] ?? '{}') as ClientWish;
// Code that has run before is what the others are compared with.
await autocannon({ url: wish.url, connections: wish.connections, amount: 3000 });
const before = process.cpuUsage();
const result = await autocannon({
  url: wish.url,
  connections: wish.connections,
  duration: wish.seconds,
  ...(wish.rate === null ? {} : { overallRate: wish.rate }),
});
const cpu = process.cpuUsage(before);
const run: ClientRun = {
  requests: result.requests.total,
  cpuSeconds: (cpu.user + cpu.system) / 1e6,
  p50Ms: result.latency.p50,
  p99Ms: result.latency.p99,
  pacingLag: null,
  remarks: [],
};
process.stdout.write(`${JSON.stringify(run)}\n`);
