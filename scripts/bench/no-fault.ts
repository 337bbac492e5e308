import { parseArgs } from 'node:util';
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import { deriveOutcome, isolationPhase } from '../../engine/evaluation/index.ts';
import { namedTopology, presets, type Fault, type LineSlice } from '../../engine/model/index.ts';
import { measureIsolation } from '../../engine/probes/isolation/index.ts';
import { warmUp } from '../../engine/probes/warm-up/index.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';

const USAGE = `Usage: npm run bench:no-fault -- [--runtime process|docker] [--runs 20] [--cut microservices] [--rate 30] [--seed 1]

Measures the isolation matrix --runs times with nothing broken and counts the cells that are impacted, or cut off, all the same. At least 99 % of
the cells should be empty.`;

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'process' },
    runs: { type: 'string', default: '20' },
    cut: { type: 'string', default: 'microservices' },
    rate: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const runs = Number(values.runs);
const rate = Number(values.rate);
const seed = Number(values.seed);
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const topology = namedTopology(application, values.cut);
if (values.help || !(runs >= 1) || !(rate > 0) || !(seed >= 0) || topology === undefined) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
const quick = presets.quick.build(application);
const { isolation } = quick.probes;
if (isolation === null) throw new Error('the preset breaks nothing');
const faults: Fault[] = [{ kind: 'none', module: application.entry }];
const signal = new AbortController().signal;
const experiment = {
  ...quick,
  load: { ...quick.load, journeysPerSecond: rate },
  probes: { ...quick.probes, isolation: { ...isolation, faults, control: false } },
};
const running = await deployTopology({
  laboratory,
  application,
  topology,
  runtime: values.runtime === 'docker' ? 'docker' : 'process',
  session: `no-fault-${process.pid}`,
  signal,
  onEvent: () => undefined,
});
let cells = 0;
let impacted = 0;
let done = 0;
let unsteady = 0;
try {
  const context = {
    deployment: running.deployment,
    experiment,
    machine: laboratory.machine,
    roundId: 'none',
    seed,
    signal,
    onEvent: () => undefined,
    ledger: [],
    generators: {},
    lines: {},
  };
  const warm = await warmUp(context);
  console.log(`warm-up: ${(warm.durationMs / 1000).toFixed(1)} s, ${warm.steady ? 'steady' : 'no steady state'}`);
  while (done < runs && unsteady < 3 * runs) {
    const lines: Record<string, LineSlice[]> = {};
    for (const one of await measureIsolation({ ...context, lines, seed: seed + done + unsteady })) {
      const outcome = deriveOutcome(one, lines[isolationPhase] ?? [], application);
      if (outcome === null) {
        unsteady += 1;
        console.log(one.reason ?? one.status);
        continue;
      }
      done += 1;
      cells += outcome.endpoints.length;
      const hurt = outcome.endpoints.filter((cell) => cell.impacted || cell.cutOff);
      impacted += hurt.length;
      for (const cell of hurt) {
        console.log(
          `run ${done}: ${cell.endpoint} ${cell.impacted ? 'impacted' : 'cut off'}: ${cell.fault.good} of ${cell.fault.scheduled} good (before ${cell.baseline.good} of ${cell.baseline.scheduled}), p95 ${cell.fault.p95Ms} ms (before ${cell.baseline.p95Ms})`,
        );
      }
    }
  }
} finally {
  await running.close();
  laboratory.remove();
}
console.log(
  `${values.cut}, ${values.runtime}, ${rate} journeys/s: ${done} runs without a fault, ${cells - impacted} of ${cells} cells empty (${((1 - impacted / Math.max(1, cells)) * 100).toFixed(1)} %); ${unsteady} times the baseline was not steady and nothing was measured`,
);
