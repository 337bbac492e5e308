import autocannon from 'autocannon';
import { WARM_UP_MS, type ClientRun, type ClientWish } from './clients.ts';

// One run of autocannon in this process: the wish in the argument, the outcome as one line of JSON.
const wish = JSON.parse(process.argv[2] ?? '{}') as ClientWish;
const options = {
  url: wish.url,
  connections: wish.connections,
  ...(wish.rate === null ? {} : { overallRate: wish.rate }),
};
await autocannon({ ...options, duration: WARM_UP_MS / 1000 });
const before = process.cpuUsage();
const result = await autocannon({ ...options, duration: wish.seconds });
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
