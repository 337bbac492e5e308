import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadApplication, type Laboratory } from '../../engine/deploy/index.ts';
import { medianOf } from '../../engine/evaluation/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import { manifestVariant, presets, type LoadMeasurement } from '../../engine/model/index.ts';
import type { RunningUnit, Runtime, Site } from '../../engine/runtime/index.ts';
import { studentTQuantile } from '../../engine/statistics/index.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';
import { keptRuns } from './kept-runs.ts';

const USAGE = `Usage: npm run bench:parking -- [--runtime docker|process] [--runs 12] [--blocks 4] [--cut monolith] [--out runs.ndjson]

Deploys one cut twice in each block, both the same, and loads them in turn: the one that waits parked (as the product does), or idle, or with only one deployed at a time. Runs of the
three kinds take turns. Prints what parking, and being first of a pair, does to the median response time, with 90 % intervals. --out keeps every run, and goes on where it stopped.`;

const arms = ['parked', 'idle', 'alone'] as const;
type Arm = (typeof arms)[number];

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'docker' },
    runs: { type: 'string', default: '12' },
    blocks: { type: 'string', default: '4' },
    cut: { type: 'string', default: 'monolith' },
    out: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const blocks = Number(values.blocks);
if (values.help || !(runs >= 3) || !(blocks >= 2)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}

/** The same object, but for these members. */
function withMembers<T extends object>(whole: T, members: Partial<T>): T {
  return new Proxy(whole, {
    get: (target, name) => {
      const found: unknown = Reflect.get(Object.hasOwn(members, name) ? members : target, name);
      return typeof found === 'function' ? (found.bind(target) as unknown) : found;
    },
  });
}

const stays = (unit: RunningUnit): RunningUnit =>
  withMembers(unit, { pause: () => Promise.resolve(), resume: () => Promise.resolve() });

const idling = (site: Site): Site =>
  withMembers(site, { startUnit: async (start, signal) => stays(await site.startUnit(start, signal)) });

/** The laboratory as the arm has it: one whose units are not held still, or whose engine cannot hold any. */
function laboratoryOf(arm: Arm, laboratory: Laboratory): Laboratory {
  const changed = (runtime: Runtime): Runtime => {
    switch (arm) {
      case 'parked':
        return runtime;
      case 'idle':
        return withMembers(runtime, { openSite: async (options) => idling(await runtime.openSite(options)) });
      case 'alone':
        return withMembers(runtime, { capabilities: { ...runtime.capabilities, pause: false } });
      default:
        return arm satisfies never;
    }
  };
  return {
    ...laboratory,
    openRuntime: async (choice, wish) => {
      const { runtime, reason } = await laboratory.openRuntime(choice, wish);
      return { runtime: changed(runtime), reason };
    },
  };
}

const runSchema = z.object({
  run: z.number(),
  arm: z.enum(arms),
  /** By block, then by deployment: ln of the median response time (ms) in each window, and which turn of the block that was. */
  blocks: z.array(z.array(z.array(z.object({ turn: z.number(), parkedMs: z.number(), logMs: z.number() })))),
});
type KeptRun = z.infer<typeof runSchema>;

const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const quick = presets.quick.build(application, {
  variants: [manifestVariant(application, values.cut)],
  overrides: { blocks, maxRepeats: 0 },
});

async function measure(run: number): Promise<KeptRun> {
  const arm = arms[run % arms.length] ?? 'parked';
  const { rounds } = await runExperiment(
    {
      ...{ ...quick, seed: quick.seed + run, noiseFloor: true, probes: { ...quick.probes, isolation: null } },
      runtime: values.runtime === 'process' ? 'process' : 'docker',
    },
    { laboratory: laboratoryOf(arm, laboratory), signal: new AbortController().signal, onEvent: () => undefined },
  );
  const logOf = (load: LoadMeasurement): number[] => {
    const found = medianOf({ load });
    return found === null ? [] : [Math.log(found.ms)];
  };
  const kept: KeptRun = {
    ...{ run, arm },
    blocks: Array.from({ length: blocks }, (_, block) =>
      rounds
        .filter((round) => round.block === block)
        .map(({ windows, latency }) =>
          windows.length === 0
            ? (latency === null ? [] : logOf(latency)).map((logMs) => ({ turn: 0, parkedMs: 0, logMs }))
            : windows.flatMap(({ index, parkedMs, load }) =>
                logOf(load).map((logMs) => ({ turn: index, parkedMs, logMs })),
              ),
        ),
    ),
  };
  console.log(`${run}: ${arm}, ${kept.blocks.flat().length} deployments`);
  return kept;
}

const kept: KeptRun[] = [];
try {
  kept.push(...(await keptRuns({ runs, file: values.out, schema: runSchema }, measure)));
} finally {
  laboratory.remove();
}

const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
const variance = (list: readonly number[]): number =>
  list.reduce((sum, value) => sum + (value - mean(list)) ** 2, 0) / (list.length - 1);

/** Change of the median that a difference of logarithms stands for, with its interval. */
function told(what: string, centre: number, error: number, degrees: number): void {
  const half = studentTQuantile(0.95, degrees) * error;
  const percent = (log: number) => `${log >= 0 ? '+' : '−'}${(Math.abs(Math.exp(log) - 1) * 100).toFixed(1)} %`;
  console.log(`  ${what}: ${percent(centre)} (90 % interval ${percent(centre - half)} to ${percent(centre + half)})`);
}

/** Welch 1947, on blocks: those of a run share its moment of the machine. */
function between(what: string, ones: readonly number[], others: readonly number[]): void {
  const [a, b] = [variance(ones) / ones.length, variance(others) / others.length];
  const degrees = (a + b) ** 2 / (a ** 2 / (ones.length - 1) + b ** 2 / (others.length - 1));
  told(what, mean(ones) - mean(others), Math.sqrt(a + b), degrees);
}

const ofArm = (arm: Arm) => kept.filter((run) => run.arm === arm).flatMap((run) => run.blocks);
const levels = (arm: Arm): number[] =>
  ofArm(arm).flatMap((block) =>
    block.length < 2 ? [] : [mean(block.map((windows) => mean(windows.map(({ logMs }) => logMs))))],
  );
/** How much slower the first of each pair of windows was than the second, a block each. */
const firsts = (arm: Arm): number[] =>
  ofArm(arm).flatMap((block) => {
    const inTurn = block.flat().toSorted((a, b) => a.turn - b.turn);
    const pairs = Array.from({ length: Math.floor(inTurn.length / 2) }, (_, pair) =>
      inTurn.slice(2 * pair, 2 * pair + 2),
    );
    return pairs.length === 0 ? [] : [mean(pairs.map(([one, two]) => (one?.logMs ?? 0) - (two?.logMs ?? 0)))];
  });

console.log(
  `\n${values.cut} against itself on ${values.runtime}, ${kept.length} runs of ${blocks} blocks; effect on the median:`,
);
between('parked against idle', levels('parked'), levels('idle'));
between('parked against alone', levels('parked'), levels('alone'));
for (const arm of ['parked', 'idle'] as const) {
  const differences = firsts(arm);
  told(
    `first of a pair, ${arm}`,
    mean(differences),
    Math.sqrt(variance(differences) / differences.length),
    differences.length - 1,
  );
}
