import { outcomeOf, type Outcome } from './fault.ts';
import { join, quantile, unpack, type Times, type Value } from './histogram.ts';
import { own } from './own.ts';
import type { Count } from './proportion.ts';
import type { Finding, Load, ResultFile, Round } from './result-file.ts';
import { weathered, type Weathered } from './storm.ts';

const QUANTILES: Record<string, number> = {
  'response-p50': 0.5,
  'response-p90': 0.9,
  'response-p95': 0.95,
  'response-p99': 0.99,
  'response-p999': 0.999,
};

const exactly = (value: number | null | undefined): Value | null =>
  value === null || value === undefined ? null : { value, atLeast: false };
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);

/** Reads the numbers of rounds. What was read once is kept. */
export class Reader {
  readonly #result: ResultFile;
  readonly #outcomes = new Map<string, Outcome | null>();
  readonly #storms = new Map<string, Weathered | null>();
  readonly #values = new Map<string, Value | null | undefined>();

  constructor(result: ResultFile) {
    this.#result = result;
  }

  /** The outcome of the fault with that label in a round; null where it was not done. */
  outcome(round: Round, label: string): Outcome | null {
    const key = `${round.id} ${label}`;
    const known = this.#outcomes.get(key);
    if (known !== undefined) return known;
    const fault = round.isolation.find((one) => one.label === label);
    const made = fault === undefined ? null : outcomeOf(fault, round, this.#result.application);
    this.#outcomes.set(key, made);
    return made;
  }

  /** What follows of the round's storm where it has that label; null where it was not raised. */
  storm(round: Round, label: string | undefined): Weathered | null {
    if (round.storm?.label !== label) return null;
    const known = this.#storms.get(round.id);
    if (known !== undefined) return known;
    const made = weathered(round, this.#result.application);
    this.#storms.set(round.id, made);
    return made;
  }

  /** The value of one metric in one round; null where the round has none; undefined for a metric that is not known. */
  value(round: Round, metric: string, scope: Finding['scope']): Value | null | undefined {
    const key = JSON.stringify([round.id, metric, scope.endpoint, scope.fault, scope.rate]);
    if (!this.#values.has(key)) this.#values.set(key, this.#read(round, metric, scope));
    return this.#values.get(key);
  }

  #read(round: Round, metric: string, scope: Finding['scope']): Value | null | undefined {
    const load = scope.rate === undefined ? round.latency : (round.higher?.load ?? null);
    const q = QUANTILES[metric];
    if (q !== undefined) return load === null ? null : ofLoad(load, scope.endpoint, q);
    const outcome = scope.fault === undefined ? null : this.outcome(round, scope.fault);
    const { deployment, resources, hops, consistency, capacity } = round;
    const remote = hops?.edges.filter(({ kind }) => kind === 'remote');
    const perThousand = (total: number) =>
      resources === null || resources.goodRequests === 0 ? null : (total / resources.goodRequests) * 1000;
    switch (metric) {
      case 'service-p50':
        return load === null ? null : ofService(load);
      case 'response-p95-own':
        return load === null ? null : this.#ownTime(round, load);
      case 'availability': {
        const counted = this.counts(round, metric, scope);
        return counted === null ? null : exactly(counted.successes / counted.trials);
      }
      case 'deployment-time':
        return exactly(deployment?.firstGoodMs);
      case 'time-to-ready':
        return exactly(deployment?.allReadyMs);
      case 'first-request': {
        const times = Object.values(deployment?.firstRequestMs ?? {});
        return times.length === 0 ? null : exactly(sum(times) / times.length);
      }
      case 'image-bytes':
        return deployment === null ? null : exactly(sum(deployment.units.map((unit) => unit.addedBytes)));
      case 'cpu-per-1000-good':
        return exactly(perThousand(sum(resources?.units.map((unit) => unit.cpuSeconds) ?? [])));
      case 'memory-resident':
        return resources === null ? null : exactly(sum(resources.units.map((unit) => unit.memoryBytes)));
      case 'idle-cpu':
        return resources === null || resources.idleWindowMs === 0
          ? null
          : exactly(sum(resources.idle.map((unit) => unit.cpuSeconds)) / (resources.idleWindowMs / 1000));
      case 'network-per-1000-good': {
        const bytes = resources?.units.flatMap((unit) => [unit.networkReceivedBytes, unit.networkSentBytes]) ?? [];
        const known = bytes.filter((one) => one !== null);
        return known.length < bytes.length || known.length === 0 ? null : exactly(perThousand(sum(known)));
      }
      case 'capacity-rate':
        return capacity === null || capacity.journeysPerSecond === null
          ? null
          : { value: capacity.journeysPerSecond, atLeast: capacity.bounded !== 'bracketed' };
      case 'capacity-good-per-cpu':
        return capacity === null || capacity.goodPerSecondPerCpu === null
          ? null
          : { value: capacity.goodPerSecondPerCpu, atLeast: capacity.bounded !== 'bracketed' };
      case 'remote-calls-per-journey':
        return remote === undefined ? null : exactly(sum(remote.map((edge) => edge.callsPerJourney)));
      case 'network-time-per-journey':
        return remote === undefined ? null : exactly(sum(remote.map((edge) => edge.networkMs)));
      case 'orders-wrong':
        return exactly(wrongOrders(round));
      case 'invariants-broken':
        return consistency === null ? null : exactly(consistency.conserved.filter(({ holds }) => !holds).length);
      case 'isolation-index':
        return exactly(outcome?.index);
      case 'fault-breadth':
        return exactly(outcome?.breadth);
      case 'fault-severity':
        return exactly(outcome?.severity);
      case 'lost-good-requests':
        return exactly(outcome?.lost);
      case 'time-to-recover':
        return outcome?.recover ?? null;
      case 'storm-good-share': {
        const counted = this.counts(round, metric, scope);
        return counted === null ? null : exactly(counted.successes / counted.trials);
      }
      case 'retry-amplification':
        return exactly(this.storm(round, scope.fault)?.amplification);
      case 'storm-recovery':
        return this.storm(round, scope.fault)?.recover ?? null;
      default:
        return undefined;
    }
  }

  /** The requests behind a share or a count; null where none are counted. */
  counts(round: Round, metric: string, scope: Finding['scope']): Count | null {
    const outcome = scope.fault === undefined ? null : this.outcome(round, scope.fault);
    switch (metric) {
      case 'availability': {
        const all = Object.values((scope.rate === undefined ? round.latency : round.higher?.load)?.endpoints ?? {});
        const trials = sum(all.map((one) => one.scheduled));
        return trials === 0 ? null : { successes: sum(all.map((one) => one.good)), trials };
      }
      case 'storm-good-share': {
        const through = this.storm(round, scope.fault)?.through ?? null;
        return through === null || through.trials === 0 ? null : through;
      }
      case 'orders-wrong': {
        const [wrong, trials] = [wrongOrders(round), round.consistency?.attempted ?? 0];
        return wrong === null ? null : { successes: Math.min(wrong, trials), trials };
      }
      case 'lost-good-requests':
        return outcome === null ? null : { successes: Math.round(outcome.lost), trials: outcome.wanted };
      case 'fault-severity': {
        const all = outcome?.indexCounts.all;
        return all === undefined ? null : { successes: all.wanted - all.good, trials: all.wanted };
      }
      case 'isolation-index': {
        const unneeding = outcome?.indexCounts.unneeding;
        return unneeding === undefined || unneeding.wanted === 0
          ? null
          : { successes: unneeding.good, trials: unneeding.wanted };
      }
      default:
        return null;
    }
  }

  /** p95 of the answers, each by what its endpoint only waits for less; recorded anew with the three digits of the others. */
  #ownTime(round: Round, load: Load): Value | null {
    const { application, experiment } = this.#result;
    const set = experiment.variants.find(({ name }) => name === round.variant)?.settings.tunables ?? {};
    const parts = Object.entries(load.endpoints).map(([name, one]): Times => {
      const simulated = own(application.endpoints, name)?.simulatedMs ?? 0;
      const ms =
        typeof simulated === 'number'
          ? simulated
          : (own(set, simulated) ?? own(application.tunables, simulated)?.default ?? 0);
      return unpack(one.punctualTime ?? one.responseTime).map(([microseconds, n]) => [
        ms === 0 ? microseconds : threeDigits(Math.max(1, Math.round(microseconds - ms * 1000))),
        n,
      ]);
    });
    return quantile(join(parts), join(Object.values(load.endpoints).map((one) => unpack(one.failureAge))), 0.95);
  }
}

/** The largest time that a histogram of three digits does not tell from this one: 2,048 steps, doubled in width with every doubling of the time. */
function threeDigits(microseconds: number): number {
  let width = 1;
  while (microseconds >= 2048 * width) width *= 2;
  return Math.floor(microseconds / width) * width + width - 1;
}

function ofLoad(load: Load, endpoint: string | undefined, q: number): Value | null {
  const chosen = Object.entries(load.endpoints).filter(([name]) => endpoint === undefined || name === endpoint);
  return quantile(
    join(chosen.map(([, one]) => unpack(one.punctualTime ?? one.responseTime))),
    join(chosen.map(([, one]) => unpack(one.failureAge))),
    q,
  );
}

/** Median service time of answers, what failed ranked behind them. */
function ofService(load: Load): Value | null {
  const all = Object.values(load.endpoints);
  return quantile(join(all.map((one) => unpack(one.serviceTime))), join(all.map((one) => unpack(one.failureAge))), 0.5);
}

function wrongOrders({ consistency }: Round): number | null {
  if (consistency === null) return null;
  const { lost, duplicated, phantom, stuck } = consistency;
  return lost.length + duplicated.length + phantom.length + stuck.length;
}
