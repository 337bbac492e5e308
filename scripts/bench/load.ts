import os from 'node:os';
import { awaitQuiet, startTarget } from '../../tests/metrology/processes.ts';
import type { TargetSettings } from '../../tests/metrology/target.ts';
import { quantileOf, stallQuantileMs } from '../../tests/metrology/truth.ts';
import { hasWrk, runAddresses, runLibrary, runOurs, runWrk, type ClientRun, type ClientWish } from './load/clients.ts';
import { compareWithTruth } from './load/metrology.ts';
import { median, table } from './load/table.ts';

// The load generator beside autocannon and, where it is installed, wrk, and in the closed loop beside bare undici: against the same server, each on a CPU of its own, in turn. Prints
// tables and asserts nothing: what a clock says depends on the machine.

const blocks = Number(process.argv[2] ?? 5);
const wrk = hasWrk();
/** How long a run waits for other programs to finish, ms. */
const QUIET_LIMIT_MS = 5000;
const clients = ['cleave', 'autocannon', ...(wrk ? ['wrk'] : [])];

/** How many addresses of a unit a caller chooses among; none: it has one that is fixed. */
const addressLists = new Map([
  ['a fixed address', 0],
  ['a list of one', 1],
  ['a list of three', 3],
]);

interface Observed extends ClientRun {
  /** Median and 99th percentile of what the server itself knows: request read to answer written, ms. */
  serverP50Ms: number;
}

async function observe(
  name: string,
  settings: TargetSettings,
  wish: Omit<ClientWish, 'url'>,
  seed: number,
): Promise<Observed> {
  await awaitQuiet(QUIET_LIMIT_MS);
  const target = await startTarget(settings);
  try {
    const full = { ...wish, url: target.url };
    const addresses = addressLists.get(name);
    const run =
      addresses !== undefined
        ? await runAddresses(addresses, full)
        : name === 'cleave'
          ? await runOurs(full, seed)
          : await (name === 'wrk' ? runWrk(full) : runLibrary(name === 'undici' ? name : 'autocannon', full));
    const { arrivalsMs, answersMs } = await target.truth();
    return {
      ...run,
      serverP50Ms: quantileOf(
        answersMs.map((answer, index) => answer - (arrivalsMs[index] ?? Number.NaN)),
        0.5,
      ),
    };
  } finally {
    await target.stop();
  }
}

/** Every client once a block, the order turning with the block. */
async function inTurn(
  names: readonly string[],
  run: (name: string, block: number, before: Map<string, Observed>) => Promise<Observed>,
): Promise<Map<string, Observed>[]> {
  const results: Map<string, Observed>[] = [];
  for (let block = 0; block < blocks; block++) {
    const seen = new Map<string, Observed>();
    for (let index = 0; index < names.length; index++) {
      const name = names[(index + block) % names.length] ?? '';
      seen.set(name, await run(name, block, seen));
      process.stderr.write('.');
    }
    results.push(seen);
  }
  process.stderr.write('\n');
  return results;
}

const perRequestUs = (run: Observed | undefined): number =>
  run === undefined ? Number.NaN : (run.cpuSeconds / run.requests) * 1e6;
const over = (
  results: Map<string, Observed>[],
  name: string,
  of: (run: Observed, block: Map<string, Observed>) => number | null,
): number | null =>
  median(
    results.map((block) => {
      const run = block.get(name);
      return run === undefined ? null : of(run, block);
    }),
  );

const ECHO: TargetSettings = { serviceMs: 0, stallMs: 0, stallEveryMs: 5000, errorEvery: 0 };
const STEADY: TargetSettings = { ...ECHO, serviceMs: 5 };
const STALLED: TargetSettings = { ...ECHO, serviceMs: 1, stallMs: 200 };
const RATE = 2000;

console.log(
  `${blocks} blocks, ${os.availableParallelism()} CPUs, Node ${process.version}, ${os.cpus()[0]?.model ?? ''}; medians of the blocks; load of the machine before: ${os.loadavg()[0]?.toFixed(1)}\n`,
);

const closedLoop = [...clients, 'undici'];
const closed = await inTurn(closedLoop, (name, block) =>
  observe(name, ECHO, { seconds: 3, connections: 16, rate: null }, block),
);
console.log('CPU per request, closed loop, 16 connections\n');
console.log(
  table(
    ['client', 'CPU per request, us', 'x autocannon', 'x wrk', 'requests/s'],
    closedLoop.map((name) => [
      name,
      over(closed, name, perRequestUs),
      over(closed, name, (run, block) => perRequestUs(run) / perRequestUs(block.get('autocannon'))),
      over(closed, name, (run, block) => perRequestUs(run) / perRequestUs(block.get('wrk'))),
      over(closed, name, (run) => run.requests / 3),
    ]),
  ),
);

const lists = [...addressLists.keys()];
const called = await inTurn(lists, (name, block) =>
  observe(name, ECHO, { seconds: 3, connections: 16, rate: null }, block),
);
console.log('\nA call of the kit by way of a list of addresses, closed loop, 16 calls at a time\n');
console.log(
  table(
    ['addresses', 'CPU per call, us', 'x fixed: least', 'median', 'most'],
    lists.map((name) => {
      const ratios = called.map((block) => perRequestUs(block.get(name)) / perRequestUs(block.get('a fixed address')));
      return [name, over(called, name, perRequestUs), Math.min(...ratios), median(ratios), Math.max(...ratios)];
    }),
  ),
);

// wrk has no rate: ten connections with an answer after 5 ms make about as many requests.
const paced = await inTurn(clients, (name, block) =>
  observe(
    name,
    STEADY,
    { seconds: 5, connections: name === 'wrk' ? 10 : 100, rate: name === 'wrk' ? null : RATE },
    block,
  ),
);
console.log(`\nPacing at ${RATE}/s, answers after 5 ms\n`);
console.log(
  table(
    ['client', 'pacing lag p50, ms', 'pacing lag p99, ms', 'CPU of a core, %', "p50 over the server's own, ms"],
    clients.map((name) => [
      name,
      over(paced, name, (run) => run.pacingLag?.p50Ms ?? null),
      over(paced, name, (run) => run.pacingLag?.p99Ms ?? null),
      over(paced, name, (run) => (run.cpuSeconds / 5) * 100),
      over(paced, name, (run) => (run.p50Ms === null ? null : run.p50Ms - run.serverP50Ms)),
    ]),
  ),
);

const stalled = await inTurn(clients, (name, block) =>
  observe(
    name,
    STALLED,
    { seconds: 10, connections: name === 'wrk' ? 2 : 256, rate: name === 'wrk' ? null : RATE },
    block,
  ),
);
console.log(
  `\nA stall of 200 ms every 5 s at ${RATE}/s: the true p99 is ${stallQuantileMs(0.99, 200, 0.04, 1).toFixed(0)} ms\n`,
);
console.log(
  table(
    ['client', 'p99 reported, ms, by block'],
    clients.map((name) => [name, stalled.map((block) => block.get(name)?.p99Ms?.toFixed(1) ?? '-').join(', ')]),
  ),
);

const rows: string[][] = [];
for (const [name, settings, rate, seconds] of [
  ['500/s', STEADY, 500, 6],
  ['2,000/s', STEADY, 2000, 5],
  ['5,000/s', STEADY, 5000, 4],
  ['2,000/s, stall', STALLED, 2000, 10],
] as const) {
  const runs: Awaited<ReturnType<typeof compareWithTruth>>[] = [];
  for (let block = 0; block < blocks; block++) {
    await awaitQuiet(QUIET_LIMIT_MS);
    runs.push(await compareWithTruth({ ...settings, serviceMs: 25 }, { rate, seconds, seed: block }));
    process.stderr.write('.');
  }
  const cells = [0, 1, 2, 3].map((index) => {
    const reported = median(runs.map((run) => run.reportedMs[index] ?? null)) ?? Number.NaN;
    const apart =
      median(runs.map((run) => (run.reportedMs[index] ?? Number.NaN) - (run.trueMs[index] ?? Number.NaN))) ??
      Number.NaN;
    return `${reported.toFixed(2)} (${apart >= 0 ? '+' : ''}${apart.toFixed(2)})`;
  });
  rows.push([name, ...cells, `${((median(runs.map((run) => run.hiccupShare)) ?? 0) * 100).toFixed(2)} %`]);
}
process.stderr.write('\n');
console.log("\nReported response time (difference from the server's truth of the same run), ms; answers after 25 ms\n");
console.log(table(['load', 'p50', 'p90', 'p99', 'p99.9', 'CPU withheld'], rows));

const runs = [...closed, ...paced, ...stalled].flatMap((block) => block.get('cleave') ?? []);
const disturbed = runs.filter((run) => run.remarks.length > 0).length;
console.log(
  `\nThe generator's own check objected to ${disturbed} of its ${runs.length} runs above (the closed loop keeps it busy by design).`,
);
