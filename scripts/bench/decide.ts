import { parseArgs } from 'node:util';
import { loadApplication } from '../../engine/deploy/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import { isHeadline, metricOf, presets, type Finding, type LabEvent } from '../../engine/model/index.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';
import { simulatedTable } from './decide-simulated.ts';

const USAGE = `Usage: npm run bench:decide -- [--runtime docker|process] [--repeats 3] [--preset quick] [--simulated]

Runs a preset --repeats times with seeds of its own and prints how long each took, by phase, and how often each headline was decided. --simulated prints instead what the design
finds of effects that are known, beside the design of before.`;

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'docker' },
    repeats: { type: 'string', default: '3' },
    preset: { type: 'string', default: 'quick' },
    simulated: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const repeats = Number(values.repeats);
const preset = Object.entries(presets).find(([name]) => name === values.preset)?.[1];
if (values.help || preset === undefined || !(repeats >= 1)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
if (values.simulated) {
  console.log(simulatedTable());
  process.exit(0);
}
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const experiment = preset.build(application);

/** Seconds that steps took, by title; those of rounds apart from what is in them. */
function phasesOf(events: readonly LabEvent[]): Map<string, number> {
  const titles = new Map<string, string>();
  const seconds = new Map<string, number>();
  for (const event of events) {
    if (event.type === 'step-started' && (event.roundId === null || event.parentId !== null))
      titles.set(event.stepId, event.title);
    if (event.type !== 'step-ended') continue;
    const title = titles.get(event.stepId);
    if (title !== undefined) seconds.set(title, (seconds.get(title) ?? 0) + event.durationMs / 1000);
  }
  return seconds;
}

const decided = new Map<string, { decided: number; of: number; wrong: string[] }>();
try {
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const events: LabEvent[] = [];
    const from = performance.now();
    const result = await runExperiment(
      { ...experiment, seed: experiment.seed + repeat, runtime: values.runtime === 'process' ? 'process' : 'docker' },
      { laboratory, signal: new AbortController().signal, onEvent: (event) => events.push(event) },
    );
    const tookSeconds = (performance.now() - from) / 1000;
    const headlines = result.findings.filter(isHeadline);
    for (const finding of headlines) {
      const name = [metricOf(finding.metric).title, ...Object.values(finding.scope)].join(', ');
      const tally = decided.get(name) ?? { decided: 0, of: 0, wrong: [] };
      decided.set(name, tally);
      tally.of += 1;
      if (finding.verdict !== 'inconclusive') tally.decided += 1;
      tally.wrong.push(inShort(finding));
    }
    const open = headlines.filter(({ verdict }) => verdict === 'inconclusive').length;
    const disturbed = result.rounds.filter(({ status }) => status !== 'completed').length;
    console.log(
      `${repeat}: ${tookSeconds.toFixed(0)} s, ${result.order.length} blocks, ${headlines.length - open} of ${headlines.length} headlines decided, ${disturbed} of ${result.rounds.length} rounds disturbed or worse`,
    );
    for (const { block, variant, reasons } of result.rounds)
      for (const reason of reasons) console.log(`     block ${block + 1}, ${variant}: ${reason}`);
    for (const [title, seconds] of phasesOf(events)) console.log(`     ${seconds.toFixed(1).padStart(6)} s  ${title}`);
  }
} finally {
  laboratory.remove();
}
console.log(`\n${values.preset} on ${values.runtime}, ${repeats} times:`);
for (const [name, { decided: count, of, wrong }] of decided)
  console.log(`  ${count} of ${of}  ${name}: ${wrong.join(', ')}`);

function inShort({ effect, interval, verdict }: Finding): string {
  const figure = (value: number) => value.toPrecision(3);
  const range = interval === null ? '' : ` [${figure(interval.low)}, ${figure(interval.high)}]`;
  return `${effect === null ? '-' : figure(effect.value)}${range} ${verdict}`;
}
