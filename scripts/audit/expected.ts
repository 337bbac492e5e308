import { metricsKnown, probeOf } from './probes.ts';
import { AGAIN, sidesOf, type Asked } from './recompute.ts';
import type { ResultFile } from './result-file.ts';
import type { Scope } from './round.ts';
import { chosenRounds } from './rounds.ts';
import type { Reader } from './values.ts';

/** Metrics that are told of every endpoint and of a second rate too. */
const BY_ENDPOINT = new Set(['response-p50', 'response-p95']);

/** Ids of the findings that the rounds allow: of every pair every measure of which one side has a value. */
export function expectedFindings(result: ResultFile, reader: Reader): Set<string> {
  return new Set(
    pairsOf(result).flatMap(([baseline, variant]) =>
      metricsKnown().flatMap((metric) =>
        scopesOf(result, metric).flatMap((scope) => {
          const asked = { metric, scope, baseline: { variant: baseline }, variant: { variant } };
          return isThere(result, reader, asked) ? [idOf(asked)] : [];
        }),
      ),
    ),
  );
}

export function idOf({ metric, scope, variant }: Asked): string {
  const { endpoint, fault, change, rate } = scope;
  const parts = [variant.variant, metric, endpoint, fault, change, rate === undefined ? undefined : `${rate}/s`];
  return parts.filter((part) => part !== undefined).join('/');
}

/** Everyone against the first; one alone against its own second copy, where that ran. */
function pairsOf({ experiment, rounds }: ResultFile): [string, string][] {
  const [first, ...others] = experiment.variants.map(({ name }) => name);
  if (first === undefined) return [];
  if (others.length > 0) return others.map((other) => [first, other]);
  const ranTwice = rounds.some(({ replica, status }) => replica && status !== 'failed' && status !== 'cancelled');
  return ranTwice ? [[first, first + AGAIN]] : [];
}

function scopesOf({ rounds, application }: ResultFile, metric: string): Scope[] {
  const unique = <T>(values: readonly T[]): T[] => [...new Set(values)];
  const probe = probeOf(metric);
  if (probe?.faults !== undefined)
    return unique(rounds.flatMap((round) => probe.faults?.(round) ?? [])).map((fault) => ({ fault }));
  if (probe?.changes !== undefined)
    return unique(rounds.flatMap((round) => probe.changes?.(round) ?? [])).map((change) => ({ change }));
  if (
    metric === 'response-p95-own' &&
    Object.values(application.endpoints).every((one) => one.simulatedMs === undefined)
  )
    return [];
  if (!BY_ENDPOINT.has(metric)) return [{}];
  const endpoints = unique(rounds.flatMap(({ latency }) => Object.keys(latency?.endpoints ?? {})));
  const rates = unique(rounds.flatMap(({ higher }) => (higher === null ? [] : [higher.journeysPerSecond])));
  return [{}, ...endpoints.map((endpoint) => ({ endpoint })), ...rates.map((rate) => ({ rate }))];
}

function isThere(result: ResultFile, reader: Reader, asked: Asked): boolean {
  const sides = sidesOf(result, reader, asked);
  if (sides === null || (sides.baseline.value === null && sides.variant.value === null)) return false;
  const { fault } = asked.scope;
  if (fault === undefined || asked.metric === 'lost-good-requests') return true;
  // That a fault cannot happen on one side is said once.
  return ![asked.baseline.variant, asked.variant.variant].some((name) => cannotHappen(result, name, fault));
}

function cannotHappen(result: ResultFile, name: string, label: string): boolean {
  const replica = name.endsWith(AGAIN);
  const part = probeOf('lost-good-requests')?.part({ fault: label }) ?? '';
  const variant = replica ? name.slice(0, -AGAIN.length) : name;
  const seen = chosenRounds(result, part, variant, replica).flatMap(
    (round) => round?.isolation.filter((one) => one.label === label) ?? [],
  );
  return seen.length > 0 && seen.every(({ status }) => status === 'cannot-happen');
}
