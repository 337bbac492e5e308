import { computeFindings, sliceMs, stormPhase } from '../../engine/evaluation/index.ts';
import {
  presets,
  resultSchema,
  stormLabel,
  type Experiment,
  type LineEndpoint,
  type LineSlice,
  type Result,
  type StormMeasurement,
} from '../../engine/model/index.ts';
import { shop } from './application.ts';
import { around, seededRandom, type Random } from './random.ts';
import { makeResult } from './result.ts';
import { makeRound } from './round.ts';
import { shapeOf } from './shape.ts';

/** How an invented storm goes: what it leaves of the good requests, and when it ends. */
interface Course {
  during: number;
  /** Until recovery. */
  after: number;
  /** Ms after calm; null: never. */
  recoverMs: number | null;
  amplification: number;
  breakerOpens: number;
}

const courses: Record<string, Course> = {
  retries: { during: 0.55, after: 0.62, recoverMs: null, amplification: 2.4, breakerOpens: 0 },
  budget: { during: 0.81, after: 0.9, recoverMs: 2400, amplification: 1.04, breakerOpens: 0 },
  breaker: { during: 0.84, after: 0.92, recoverMs: 1600, amplification: 0.7, breakerOpens: 4 },
  both: { during: 0.85, after: 0.94, recoverMs: 1100, amplification: 0.6, breakerOpens: 3 },
};

type StormSettings = NonNullable<Experiment['probes']['storm']>;
/** Requests a second in the calm: to an endpoint that can do without the slow module, and to one that does not need it. */
const perSecond: Record<string, number> = { home: 34, search: 12 };
/** How long the looks at the counters and the calls that do and undo the fault take, ms. */
const callMs = 20;
/** Calls of the module for each request in the calm. */
const callsARequest = 0.9;

/** A storm as the probe would report it. `metastable: false` lets the plain retries come back late. */
function makeStorm(
  random: Random,
  settings: StormSettings,
  { policy, startedAtMs, metastable = true }: { policy: string; startedAtMs: number; metastable?: boolean },
): { storm: StormMeasurement; slices: LineSlice[] } {
  const course = courses[policy] ?? { during: 1, after: 1, recoverMs: 0, amplification: 1, breakerOpens: 0 };
  const firstLookAtMs = startedAtMs + sliceMs + callMs;
  const spikeAtMs = startedAtMs + settings.baselineMs;
  const lastLookAtMs = spikeAtMs + callMs;
  const effectAtMs = lastLookAtMs + callMs;
  const calmAtMs = effectAtMs + settings.spikeMs;
  const watchedUntilMs = calmAtMs + settings.recoveryMs + sliceMs;
  const wellAtMs = calmAtMs + (course.recoverMs ?? (metastable ? Infinity : around(random, 9000, 0.1)));
  const slices: LineSlice[] = [];
  for (let atMs = startedAtMs; atMs < watchedUntilMs + sliceMs; atMs += sliceMs) {
    const spike = atMs >= spikeAtMs && atMs < calmAtMs;
    const bad = atMs + sliceMs > effectAtMs && atMs < wellAtMs;
    slices.push({
      ...{ startMs: atMs, lengthMs: sliceMs, withheldMs: 0 },
      endpoints: Object.fromEntries(
        Object.entries(perSecond).map(([endpoint, rate]) => [
          endpoint,
          requestsOf(random, {
            rate: rate * (spike ? settings.spikeFactor : 1),
            share: bad ? around(random, spike ? course.during : course.after, 0.03) : 1,
            medianMs: bad ? 180 : 14,
          }),
        ]),
      ),
    });
  }
  const requests = (fromMs: number, untilMs: number) =>
    slices
      .filter(({ startMs, lengthMs }) => startMs >= fromMs && startMs + lengthMs <= untilMs)
      .reduce((sum, { endpoints }) => sum + (endpoints['home']?.scheduled ?? 0), 0);
  const wanted = callsARequest * requests(lastLookAtMs, Infinity);
  const calls = Math.round(wanted * around(random, course.amplification, 0.04));
  const storm: StormMeasurement = {
    fault: settings.fault,
    label: stormLabel(settings),
    spikeFactor: settings.spikeFactor,
    status: 'applied',
    reason: null,
    pace: { journeysPerSecond: around(random, 16.5, 0.05), utilisation: 0.65, journeyCpuMs: 39 },
    ...{ beganAtMs: startedAtMs, spikeAtMs, effectAtMs, calmAtMs, watchedUntilMs, firstLookAtMs, lastLookAtMs },
    callsInCalm: Math.round(callsARequest * requests(firstLookAtMs, lastLookAtMs)),
    counted: {
      calls,
      retries: Math.max(0, Math.round(calls * (1 - 1 / Math.max(1, course.amplification)))),
      breakerOpens: course.breakerOpens,
    },
    events: Array.from({ length: course.breakerOpens }, (_, index) => ({
      atMs: effectAtMs + 700 + index * 1400,
      kind: 'breaker',
      text: 'storefront -> recommendations is open',
    })),
    resolutionMs: sliceMs,
    legacy: null,
  };
  return { storm, slices };
}

/** What one endpoint is asked in one slice, of which a share is good. */
function requestsOf(
  random: Random,
  { rate, share, medianMs }: { rate: number; share: number; medianMs: number },
): LineEndpoint {
  const scheduled = Math.round(around(random, (rate * sliceMs) / 1000, 0.1));
  const good = Math.min(scheduled, Math.round(scheduled * share));
  const times = (count: number, aroundMs: number) =>
    Array.from({ length: count }, () => Number(around(random, aroundMs, 0.2).toPrecision(3))).sort((a, b) => a - b);
  const failed = scheduled - good;
  return {
    ...{ scheduled, good, notReached: 0, errors: failed > 0 ? { timeout: failed } : {} },
    ...{ answersMs: times(good, medianMs), failuresMs: times(failed, 1002) },
  };
}

let made: Result | undefined;

/** The retry-storm preset as it ends: plain retries stay down in two of three rounds, the other policies come back. Made once, the caller's own. */
export function stormResult(): Result {
  made ??= makeStormResult();
  return structuredClone(made);
}

function makeStormResult(): Result {
  const experiment = presets['retry-storm'].build(shop);
  const { storm } = experiment.probes;
  if (storm === null || storm === undefined) throw new Error('the preset has no storm');
  const empty = makeResult({ id: 'storm-20260314-0930', blocks: 1, faults: [], everything: false, requests: 10 });
  const startedAtMs = Date.parse(empty.startedAt);
  const names = experiment.variants.map((variant) => variant.name);
  const rounds = Array.from({ length: experiment.blocks }, (_, block) =>
    experiment.variants.map((variant, position) => {
      const at = startedAtMs + (block * names.length + position) * 65_000;
      const round = makeRound(
        { ...shapeOf('microservices'), variant },
        {
          ...{ block, position, replica: false, attempt: 1, startedAtMs: at, requests: 200 },
          ...{ faults: [], everything: false, seed: 11 },
        },
      );
      const random = seededRandom(block * 10 + position);
      const made = makeStorm(random, storm, {
        ...{ policy: variant.name, startedAtMs: at + 30_000, metastable: block > 0 },
      });
      return { ...round, storm: made.storm, lines: { [stormPhase]: made.slices } };
    }),
  ).flat();
  const order = rounds.filter((round) => round.position === 0).map(() => names);
  return resultSchema.parse({
    ...empty,
    title: experiment.title,
    experiment,
    order,
    rounds,
    findings: computeFindings({ experiment, application: empty.application, rounds, order, looks: [] }),
  });
}
