import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import { namedTopology } from '../../engine/model/index.ts';
import { startTarget } from '../../tests/metrology/processes.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';
import { runOurs } from './load/clients.ts';
import { deployFromShell, unitsOfSession, type ShellUnit } from './shell-deployment.ts';

// Speed and size of Cleave itself against plain Docker. Prints figures and asserts nothing: what a clock says depends on the machine.

const blocks = Number(process.argv[2] ?? 5);
const idleMs = 3000;
const firstPath = '/api/home';
const mebibyte = 2 ** 20;

const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');

interface Deployed {
  firstGoodMs: number;
  addedBytes: number;
  /** Resident memory of each unit after some idle seconds, bytes. */
  idleBytes: number[];
  shell: ShellUnit[];
}

async function deployWithCleave(cut: string, block: number): Promise<Deployed> {
  const topology = namedTopology(application, cut);
  if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
  const session = `bench-${process.pid}-${cut}-${block}`;
  const running = await deployTopology({
    laboratory,
    application,
    topology,
    runtime: 'docker',
    session,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  const { deployment } = running;
  try {
    await delay(idleMs);
    const stats = await Promise.all(deployment.units.map((unit) => unit.stats()));
    return {
      firstGoodMs: deployment.measurement.firstGoodMs,
      addedBytes: deployment.measurement.units.reduce((sum, unit) => sum + unit.addedBytes, 0),
      idleBytes: stats.map(({ memoryBytes }) => memoryBytes ?? Number.NaN),
      shell: await unitsOfSession(session),
    };
  } finally {
    await running.close();
  }
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

console.log(
  `${os.availableParallelism()} CPUs, ${os.cpus()[0]?.model ?? ''}, Node ${process.version}; load of the machine before: ${os.loadavg()[0]?.toFixed(1)}\n`,
);
try {
  const monolith = await deployWithCleave('monolith', 0);
  let { shell, idleBytes } = await deployWithCleave('microservices', 0);
  const pairs: { cleaveMs: number; shellMs: number }[] = [];
  for (let block = 1; block <= blocks; block += 1) {
    // The order turns with the block, so that the machine's drift hits both alike.
    const first = block % 2 === 0 ? await deployFromShell(shell, firstPath) : null;
    const cleave = await deployWithCleave('microservices', block);
    const shellMs = first ?? (await deployFromShell(shell, firstPath));
    pairs.push({ cleaveMs: cleave.firstGoodMs, shellMs });
    ({ shell, idleBytes } = cleave);
    console.log(
      `block ${block}: Cleave ${cleave.firstGoodMs.toFixed(0)} ms, docker run ${shellMs.toFixed(0)} ms, ratio ${(cleave.firstGoodMs / shellMs).toFixed(2)}`,
    );
  }
  console.log(
    `microservices deployed, first good answer, median of ${blocks}: Cleave ${median(pairs.map((pair) => pair.cleaveMs)).toFixed(0)} ms, docker run ${median(pairs.map((pair) => pair.shellMs)).toFixed(0)} ms, ratio ${median(pairs.map((pair) => pair.cleaveMs / pair.shellMs)).toFixed(2)}`,
  );
  console.log(`monolith image over its base: ${(monolith.addedBytes / mebibyte).toFixed(2)} MiB`);
  console.log(
    `resident memory idle: monolith ${(median(monolith.idleBytes) / mebibyte).toFixed(0)} MiB; a unit of microservices ${(median(idleBytes) / mebibyte).toFixed(0)} MiB (median), ${(Math.max(...idleBytes) / mebibyte).toFixed(0)} MiB (largest)`,
  );

  const wish = { seconds: 10, connections: 100, rate: 2000, ahead: true };
  const target = await startTarget({ serviceMs: 5, stallMs: 0, stallEveryMs: 5000, errorEvery: 0 });
  try {
    const load = await runOurs({ ...wish, url: target.url }, 1);
    console.log(
      `generator at 2,000 requests/s on one CPU: ${load.requests} requests, pacing lag p50 ${load.pacingLag?.p50Ms.toFixed(3)} ms, p99 ${load.pacingLag?.p99Ms.toFixed(3)} ms, ${((load.cpuSeconds / wish.seconds) * 100).toFixed(0)} % of a core`,
    );
  } finally {
    await target.stop();
  }
} finally {
  laboratory.remove();
}
