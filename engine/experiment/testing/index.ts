import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fakeLaboratory, type FakeLaboratory, type FakeLaboratoryOptions } from '../../deploy/testing/index.ts';
import { presets, type Application, type Experiment, type LabEvent, type Result } from '../../model/index.ts';
import type { FakeRuntime } from '../../runtime/testing/index.ts';
import { getResult, listResults } from '../../storage/index.ts';
import { runExperiment } from '../run.ts';

/** What came of one experiment in virtual time. */
export interface FakeOutcome {
  laboratory: FakeLaboratory;
  /** Null when the run threw instead. */
  result: Result | null;
  error: unknown;
  events: LabEvent[];
  /** The result as it can be read from disk. */
  stored: Result | null;
  runtime: FakeRuntime | undefined;
}

export interface FakeRunOptions extends Omit<FakeLaboratoryOptions, 'folder'> {
  experiment?: (experiment: Experiment, application: Application) => Experiment;
  /** Told of everything as it happens; may abort. */
  onEvent?: (event: LabEvent, controller: AbortController) => void;
  /** Told of the laboratory before the run begins. */
  onLaboratory?: (laboratory: FakeLaboratory) => void;
  /** Goes on from this result. */
  continues?: Result;
  /** Cancels the run when it aborts. */
  controller?: AbortController;
}

/** A short experiment with the probes of the smoke preset on the smallest application: two rounds a block, two faults. */
export function shortExperiment(application: Application): Experiment {
  const experiment = presets.smoke.build(application, {});
  return {
    ...experiment,
    load: { ...experiment.load, journeysPerSecond: 40 },
    warmUp: { minMs: 500, maxMs: 500, minRequests: 0 },
    probes: {
      ...experiment.probes,
      latency: { durationMs: 1000 },
      isolation: {
        faults: [
          { kind: 'crash', module: 'extra' },
          { kind: 'hang', module: 'work' },
        ],
        baselineMs: 1000,
        faultMs: 1000,
        recoveryMs: 5000,
        control: false,
      },
    },
  };
}

/** Runs an experiment on the fake engine in a folder of its own, which is gone afterwards. Never throws: what was thrown is in the outcome. */
export async function runFake(options: FakeRunOptions = {}): Promise<FakeOutcome> {
  const folder = await mkdtemp(path.join(tmpdir(), 'cleave-fake-'));
  try {
    return await runIn(folder, options);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, options: FakeRunOptions): Promise<FakeOutcome> {
  const laboratory = await fakeLaboratory({ ...options, folder });
  const { experiment = (same: Experiment) => same, controller = new AbortController() } = options;
  options.onLaboratory?.(laboratory);
  const events: LabEvent[] = [];
  const outcome = await runExperiment(experiment(shortExperiment(laboratory.application), laboratory.application), {
    laboratory,
    signal: controller.signal,
    ...(options.continues === undefined ? {} : { continues: options.continues }),
    onEvent: (event) => {
      events.push(event);
      options.onEvent?.(event, controller);
    },
  }).then(
    (result) => ({ result, error: null }),
    (error: unknown) => ({ result: null, error }),
  );
  const [kept] = await listResults(laboratory.dataDirectory);
  const stored = kept === undefined ? null : await getResult(laboratory.dataDirectory, kept.id);
  return { ...outcome, laboratory, events, stored, runtime: laboratory.runtimes[0] };
}

/** The same without anything broken: the shortest run that measures something. */
export function unbroken(experiment: Experiment): Experiment {
  return { ...experiment, probes: { ...experiment.probes, isolation: null } };
}

/** What must hold however a run ended: nothing is left on the engine, the last event says how it ended, and says it once. */
export function problemsAfter({ runtime, events, result, error }: FakeOutcome): string[] {
  const problems: string[] = [];
  for (const left of runtime?.left ?? []) problems.push(`left on the engine: ${left}`);
  if (runtime !== undefined && !runtime.closed) problems.push('the runtime was not closed');
  const endings = events.filter(({ type }) => type === 'run-ended');
  if (endings.length !== 1 || events.at(-1)?.type !== 'run-ended') problems.push(`${endings.length} endings were told`);
  if ((result === null) === (error === null)) problems.push('neither a result nor an error');
  const open = new Map<string, string>();
  for (const event of events) {
    if (event.type === 'step-started') open.set(event.stepId, event.title);
    if (event.type === 'step-ended') open.delete(event.stepId);
  }
  for (const title of open.values()) problems.push(`step "${title}" never ended`);
  const rounds = events.filter(({ type }) => type === 'round-ended').length;
  const from = result?.sittings.at(-1)?.fromBlock ?? 0;
  const measured = result?.rounds.filter(({ block }) => block >= from).length ?? rounds;
  if (measured !== rounds) problems.push(`${rounds} rounds ended, ${measured} are in the result`);
  return problems;
}
