import {
  endpointsAsking,
  mergeTimes,
  percentile,
  unitOf,
  addCounts,
  emptyCounts,
  total,
  type MetricName,
  type Round,
  type UnitResources,
  type UnitTimeline,
} from '../../model/index.ts';
import { timesOf } from '../latency/measures.ts';
import { observed, observedPercentile, type Measure, type MeasureContext } from '../measure.ts';
import { otherAnswers, referencesIn } from './reference.ts';

/** What a module answered and what it cost; costs are read from what other probes measured of its unit. */
export function answersMeasures({ experiment, application, rounds }: MeasureContext): Measure[] {
  const settings = experiment.probes.answers ?? null;
  if (settings === null) return [];
  const { module } = settings;
  const units = new Map(
    experiment.variants.map(({ name, topology }) => [name, unitOf(topology, module).name] as const),
  );
  const isOfUnit = (round: Round) => {
    const unit = units.get(round.variant);
    return (one: { unit: string }): boolean => one.unit === unit;
  };
  const used = (round: Round): UnitResources[] | null => round.resources?.units.filter(isOfUnit(round)) ?? null;
  const started = (round: Round): UnitTimeline[] => round.deployment?.units.filter(isOfUnit(round)) ?? [];
  const references = referencesIn(experiment, rounds);
  const endpoints = endpointsAsking(application, module);
  return [
    {
      ...{ metric: 'other-answers', scope: {} },
      read: ({ answers, seed }) => {
        const reference = references.get(seed);
        return answers == null || reference === undefined ? null : observed(otherAnswers(reference, answers)?.length);
      },
    },
    time('module-p50', 0.5, endpoints),
    time('module-p95', 0.95, endpoints),
    {
      ...{ metric: 'module-cpu', scope: {} },
      read: (round) => {
        const [own, good] = [used(round), round.resources?.goodRequests ?? 0];
        if (own === null || own.length === 0 || good === 0) return null;
        const seconds = total(own.map(({ cpuSeconds }) => cpuSeconds));
        return seconds === null ? null : observed((seconds / good) * 1000);
      },
    },
    {
      ...{ metric: 'module-memory', scope: {} },
      read: (round) => {
        const all = used(round) ?? [];
        return all.length === 0 ? null : observed(total(all.map(({ memoryBytes }) => memoryBytes)));
      },
    },
    { metric: 'question-time', scope: {}, read: ({ answers }) => observed(answers?.medianMs) },
    {
      ...{ metric: 'module-start', scope: {} },
      // The last of several instances.
      read: (round) => {
        const all = started(round).map(({ createStartMs, readyMs }) => readyMs - createStartMs);
        return all.length === 0 ? null : observed(Math.max(...all));
      },
    },
    {
      ...{ metric: 'module-image-bytes', scope: {} },
      read: (round) => observed(started(round)[0]?.imageBytes),
    },
  ];
}

/** Over all requests to these endpoints together. */
function time(metric: MetricName, q: number, endpoints: readonly string[]): Measure {
  return {
    ...{ metric, scope: {} },
    read: ({ latency }) => {
      const parts = latency === null ? [] : endpoints.flatMap((endpoint) => timesOf(latency, endpoint) ?? []);
      if (parts.length === 0) return null;
      const counts = parts.map((part) => part.counts).reduce(addCounts, emptyCounts());
      return observedPercentile(percentile(mergeTimes(parts.map(({ response }) => response)), counts, q));
    },
  };
}
