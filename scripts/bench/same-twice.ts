import { parseArgs } from 'node:util';
import { loadApplication } from '../../engine/deploy/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import { manifestVariant, presets, type Finding, type Result } from '../../engine/model/index.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';

const USAGE = `Usage: npm run bench:same-twice -- [--runtime docker|process] [--repeats 10] [--blocks 3] [--cut monolith] [--window 5000]

Compares one cut with itself --repeats times, each an experiment of --blocks blocks of its own with a load window of --window ms, and counts the findings that say
better or worse all the same. Exit code 1 when they are more than 5 % of all findings.`;

/** What the corrected verdicts allow. */
const mostFalse = 0.05;

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'docker' },
    repeats: { type: 'string', default: '10' },
    blocks: { type: 'string', default: '3' },
    cut: { type: 'string', default: 'monolith' },
    window: { type: 'string', default: '5000' },
    help: { type: 'boolean', default: false },
  },
});
const repeats = Number(values.repeats);
const blocks = Number(values.blocks);
const durationMs = Number(values.window);
if (values.help || !(repeats >= 1) || !(blocks >= 3) || !(durationMs >= 1000)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const quick = presets.quick.build(application, {
  variants: [manifestVariant(application, values.cut)],
  overrides: { blocks },
});

const decided = ({ verdict }: Finding) => verdict === 'better' || verdict === 'worse';

async function once(seed: number): Promise<Result> {
  return runExperiment(
    {
      ...quick,
      seed,
      noiseFloor: true,
      runtime: values.runtime === 'process' ? 'process' : 'docker',
      probes: { ...quick.probes, isolation: null, latency: { ...quick.probes.latency, durationMs } },
    },
    { laboratory, signal: new AbortController().signal, onEvent: () => undefined },
  );
}

let all = 0;
let wrong = 0;
let experimentsWithAny = 0;
let disturbedRounds = 0;
let rounds = 0;
try {
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const result = await once(quick.seed + repeat);
    const found = result.findings.filter(decided);
    all += result.findings.length;
    wrong += found.length;
    experimentsWithAny += found.length > 0 ? 1 : 0;
    rounds += result.rounds.length;
    disturbedRounds += result.rounds.filter(({ status }) => status === 'disturbed').length;
    console.log(`${repeat}: ${found.length} of ${result.findings.length} findings are false (${result.status})`);
    for (const finding of found) console.log(`   ${finding.sentence}`);
  }
} finally {
  laboratory.remove();
}
const share = wrong / Math.max(1, all);
console.log(
  `${values.cut} against itself on ${values.runtime}, ${repeats} x ${blocks} blocks: ${wrong} of ${all} findings false (${(share * 100).toFixed(1)} %), in ${experimentsWithAny} of ${repeats} experiments; ${disturbedRounds} of ${rounds} rounds disturbed`,
);
process.exitCode = share > mostFalse ? 1 : 0;
