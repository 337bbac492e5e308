import { parseArgs } from 'node:util';
import { loadApplication } from '../../engine/deploy/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import { isHeadline, metricOf, presets, type Finding, type LabEvent, type Result } from '../../engine/model/index.ts';
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

const nameOf = ({ metric, scope }: Finding): string => [metricOf(metric).title, ...Object.values(scope)].join(', ');

/** When each headline was first decided, seconds from the start; at a planned look, or at the end of the run. */
function decidedAfter(events: readonly LabEvent[], result: Result, tookSeconds: number): Map<string, number> {
  const started = events[0]?.atMs ?? 0;
  const after = new Map<string, number>();
  const note = (findings: readonly Finding[], seconds: number): void => {
    for (const finding of findings.filter(isHeadline))
      if (finding.verdict === 'inconclusive') after.delete(nameOf(finding));
      else if (!after.has(nameOf(finding))) after.set(nameOf(finding), seconds);
  };
  for (const event of events)
    if (event.type === 'findings' && event.judged) note(event.findings, (event.atMs - started) / 1000);
  note(result.findings, tookSeconds);
  return after;
}

const decided = new Map<string, { after: number[]; of: number; shown: string[] }>();
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
    const after = decidedAfter(events, result, tookSeconds);
    for (const finding of headlines) {
      const tally = decided.get(nameOf(finding)) ?? { after: [], of: 0, shown: [] };
      decided.set(nameOf(finding), tally);
      tally.of += 1;
      const seconds = after.get(nameOf(finding));
      if (seconds !== undefined) tally.after.push(seconds);
      tally.shown.push(inShort(finding));
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
for (const [name, { after, of, shown }] of decided) {
  const seconds = after.toSorted((a, b) => a - b);
  const when = seconds.length === 0 ? '' : `, after ${seconds.map((one) => one.toFixed(0)).join(' ')} s`;
  console.log(`  ${seconds.length} of ${of}  ${name}${when}: ${shown.join(', ')}`);
}

function inShort({ effect, interval, verdict }: Finding): string {
  const figure = (value: number) => value.toPrecision(3);
  const range = interval === null ? '' : ` [${figure(interval.low)}, ${figure(interval.high)}]`;
  return `${effect === null ? '-' : figure(effect.value)}${range} ${verdict}`;
}
