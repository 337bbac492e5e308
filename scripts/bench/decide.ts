import { parseArgs } from 'node:util';
import { z } from 'zod';
import { loadApplication } from '../../engine/deploy/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import {
  isHeadline,
  manifestVariant,
  metricOf,
  presets,
  type Application,
  type Experiment,
  type Finding,
  type LabEvent,
  type Result,
} from '../../engine/model/index.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';
import { simulatedTable } from './decide-simulated.ts';
import { keptRuns } from './kept-runs.ts';

const USAGE = `Usage: npm run bench:decide -- [--of cuts|same|planted] [--runtime docker|process] [--repeats 3] [--preset quick] [--work 60] [--out runs.ndjson] [--truth 40] [--simulated]

Runs a preset --repeats times with seeds of its own and prints how long each took, by phase, and how often each headline was decided.
--of cuts      the cuts that the preset compares
--of same      the baseline with itself: whatever is decided is false, counted by family
--of planted   the baseline with itself, but --work passes for a recommendation and not five
--truth n      one run of so many blocks of response times only, to know what was planted
--out file     keeps every run as a line of it, and goes on where it stopped
--simulated    prints instead what the design finds of effects that are known, beside the design of before`;

const kinds = ['cuts', 'same', 'planted'] as const;
type Kind = (typeof kinds)[number];

const { values } = parseArgs({
  options: {
    of: { type: 'string', default: 'cuts' },
    runtime: { type: 'string', default: 'docker' },
    repeats: { type: 'string', default: '3' },
    preset: { type: 'string', default: 'quick' },
    work: { type: 'string', default: '60' },
    truth: { type: 'string', default: '0' },
    out: { type: 'string' },
    simulated: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const truthBlocks = Number(values.truth);
const repeats = truthBlocks > 0 ? 1 : Number(values.repeats);
const preset = Object.entries(presets).find(([name]) => name === values.preset)?.[1];
const kind = kinds.find((one) => one === values.of);
if (values.help || preset === undefined || kind === undefined || !(repeats >= 1) || !(truthBlocks >= 0)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
if (values.simulated) {
  console.log(simulatedTable());
  process.exit(0);
}
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');
const experiment = planOf(preset, kind, application);

function planOf(ofPreset: typeof presets.quick, what: Kind, shop: Application): Experiment {
  const overrides = truthBlocks > 0 ? { blocks: truthBlocks } : {};
  const plan = ofPreset.build(shop, { ...(what === 'cuts' ? {} : { variants: sidesOf(what, shop) }), overrides });
  const compared = what === 'same' ? { ...plan, noiseFloor: true } : plan;
  if (truthBlocks === 0) return compared;
  const { higher: _, ...latency } = compared.probes.latency;
  return { ...compared, noiseFloor: false, probes: { ...compared.probes, latency, isolation: null } };
}

function sidesOf(what: 'same' | 'planted', shop: Application): Experiment['variants'] {
  const baseline = manifestVariant(shop, 'monolith');
  if (what === 'same') return [baseline];
  const { settings } = baseline;
  const tunables = { ...settings.tunables, 'recommendation-work': Number(values.work) };
  return [baseline, { ...baseline, name: 'slower', title: 'slower', settings: { ...settings, tunables } }];
}

const findingSchema = z.object({
  name: z.string(),
  family: z.string(),
  headline: z.boolean(),
  verdict: z.string(),
  effect: z.number().nullable(),
  interval: z.object({ low: z.number(), high: z.number() }).nullable(),
  /** Seconds from the start at which it was decided; null: never. */
  afterSeconds: z.number().nullable(),
});
const runSchema = z.object({
  run: z.number(),
  seconds: z.number(),
  blocks: z.number(),
  rounds: z.number(),
  /** Rounds that were disturbed or worse. */
  disturbed: z.number(),
  findings: z.array(findingSchema),
  /** Seconds that steps took, by title. */
  phases: z.record(z.string(), z.number()),
});
type KeptRun = z.infer<typeof runSchema>;

/** Seconds that steps took, by title; those of rounds apart from what is in them. */
function phasesOf(events: readonly LabEvent[]): Record<string, number> {
  const titles = new Map<string, string>();
  const seconds: Record<string, number> = {};
  for (const event of events) {
    if (event.type === 'step-started' && (event.roundId === null || event.parentId !== null))
      titles.set(event.stepId, event.title);
    if (event.type !== 'step-ended') continue;
    const title = titles.get(event.stepId);
    if (title !== undefined) seconds[title] = (seconds[title] ?? 0) + event.durationMs / 1000;
  }
  return seconds;
}

const nameOf = ({ metric, scope }: Finding): string => [metricOf(metric).title, ...Object.values(scope)].join(', ');
const isDifference = ({ verdict }: { verdict: string }): boolean => verdict === 'better' || verdict === 'worse';
const isDecided = ({ verdict }: Pick<Finding, 'verdict'>): boolean => verdict !== 'inconclusive';

/** When each headline was first decided, seconds from the start; at a planned look, or at the end of the run. */
function decidedAfter(events: readonly LabEvent[], result: Result, tookSeconds: number): Map<string, number> {
  const started = events[0]?.atMs ?? 0;
  const after = new Map<string, number>();
  const note = (findings: readonly Finding[], seconds: number): void => {
    for (const finding of findings.filter(isHeadline))
      if (!isDecided(finding)) after.delete(nameOf(finding));
      else if (!after.has(nameOf(finding))) after.set(nameOf(finding), seconds);
  };
  for (const event of events)
    if (event.type === 'findings' && event.judged) note(event.findings, (event.atMs - started) / 1000);
  note(result.findings, tookSeconds);
  return after;
}

async function measure(run: number): Promise<KeptRun> {
  const events: LabEvent[] = [];
  const from = performance.now();
  const result = await runExperiment(
    { ...experiment, seed: experiment.seed + run, runtime: values.runtime === 'process' ? 'process' : 'docker' },
    { laboratory, signal: new AbortController().signal, onEvent: (event) => events.push(event) },
  );
  const seconds = (performance.now() - from) / 1000;
  const after = decidedAfter(events, result, seconds);
  const kept: KeptRun = {
    ...{ run, seconds, blocks: result.order.length, rounds: result.rounds.length },
    disturbed: result.rounds.filter(({ status }) => status !== 'completed').length,
    findings: result.findings.map((finding) => ({
      ...{
        name: nameOf(finding),
        family: finding.family ?? '',
        headline: isHeadline(finding),
        verdict: finding.verdict,
      },
      ...{ interval: finding.interval, effect: finding.effect?.value ?? null },
      afterSeconds: after.get(nameOf(finding)) ?? null,
    })),
    phases: phasesOf(events),
  };
  const headlines = kept.findings.filter(({ headline }) => headline);
  const decided = headlines.filter(({ verdict }) => verdict !== 'inconclusive').length;
  console.log(
    `${run}: ${seconds.toFixed(0)} s, ${kept.blocks} blocks, ${decided} of ${headlines.length} headlines decided, ${kept.disturbed} of ${kept.rounds} rounds disturbed or worse`,
  );
  for (const [title, length] of Object.entries(kept.phases))
    console.log(`     ${length.toFixed(1).padStart(6)} s  ${title}`);
  return kept;
}

const runs: KeptRun[] = [];
try {
  runs.push(...(await keptRuns({ runs: repeats, file: values.out, schema: runSchema }, measure)));
} finally {
  laboratory.remove();
}
console.log(`\n${values.preset}, ${kind}, on ${values.runtime}, ${runs.length} times:`);
const findings = runs.flatMap((run) => run.findings);
const headlines = findings.filter(({ headline }) => headline);
for (const name of new Set(headlines.map((one) => one.name))) {
  const mine = headlines.filter((one) => one.name === name);
  const seconds = mine.flatMap(({ afterSeconds }) => afterSeconds ?? []).toSorted((a, b) => a - b);
  const when = seconds.length === 0 ? '' : `, after ${seconds.map((one) => one.toFixed(0)).join(' ')} s`;
  console.log(`  ${seconds.length} of ${mine.length}  ${name}${when}: ${mine.map(inShort).join(', ')}`);
}
if (kind === 'same') {
  console.log('\nRuns with a false verdict (better or worse), by family:');
  for (const family of new Set(findings.map((one) => one.family))) {
    const wrong = runs.flatMap((run) =>
      run.findings.filter((one) => one.family === family && isDifference(one)).slice(0, 1),
    );
    console.log(
      `  ${wrong.length} of ${runs.length}  ${family}${wrong.map((one) => `; ${one.name} ${inShort(one)}`).join('')}`,
    );
  }
}

function inShort({ effect, interval, verdict }: z.infer<typeof findingSchema>): string {
  const figure = (value: number) => value.toPrecision(3);
  const range = interval === null ? '' : ` [${figure(interval.low)}, ${figure(interval.high)}]`;
  return `${effect === null ? '-' : figure(effect)}${range} ${verdict}`;
}
