import type { Deployment } from '../../engine/deploy/index.ts';
import type { LedgerEntry, LoadMeasurement } from '../../engine/model/index.ts';
import { anomaliesOf, booksAfter, startBuying } from './check-out-campaign.ts';

export interface ReplacementOptions {
  strategy: 'recreate' | 'rolling' | 'blue-green';
  /** How often each unit is replaced, one replacement after another; with `blue-green` how often all are. */
  times: number;
  journeysPerSecond: number;
  seed: number;
}

export interface ReplacementOutcome {
  /** Instances that were replaced. */
  replaced: number;
  requests: number;
  /** Answered as they should not have been, or not at all. */
  lost: number;
  /** Answered well, but later than 2 s. */
  late: number;
  /** By endpoint and kind of failure, of those that were lost; of check-outs also by what was answered and in which second of the load. */
  failures: string[];
  /** What is wrong with the books, in words. */
  anomalies: string[];
}

/** Replaces every unit of a deployment over and over while people buy, and counts what that costs them. */
export async function replaceUnderLoad(
  deployment: Deployment,
  { strategy, times, journeysPerSecond, seed }: ReplacementOptions,
): Promise<ReplacementOutcome> {
  const units = deployment.variant.topology.units.map(({ name }) => name);
  const load = startBuying(deployment, { journeysPerSecond, seed });
  let replaced = 0;
  try {
    for (let time = 0; time < times; time += 1) replaced += (await deployment.replace({ units, strategy })).length;
  } finally {
    await load.stop();
  }
  const measured = await load.done;
  const books = await booksAfter(deployment, measured.ledger, seed);
  return { replaced, ...told(measured), anomalies: anomaliesOf(books) };
}

function told({ endpoints, ledger, startedAtMs }: LoadMeasurement): Omit<ReplacementOutcome, 'replaced' | 'anomalies'> {
  const all = Object.entries(endpoints);
  const sum = (of: (load: LoadMeasurement['endpoints'][string]) => number): number =>
    all.reduce((total, [, load]) => total + of(load), 0);
  return {
    requests: sum(({ scheduled }) => scheduled),
    lost: sum(({ scheduled, good, late }) => scheduled - good - late),
    late: sum(({ late }) => late),
    failures: [
      ...all.flatMap(([endpoint, { errors, dropped }]) =>
        Object.entries({ ...errors, dropped }).flatMap(([kind, count]) =>
          count === 0 ? [] : [`${endpoint}: ${count} ${kind}`],
        ),
      ),
      ...refusedOf(ledger, startedAtMs),
    ],
  };
}

/** What was answered to check-outs that are no orders, and when, s since the load began. */
function refusedOf(ledger: readonly LedgerEntry[], startedAtMs: number): string[] {
  return ledger
    .filter(({ outcome }) => outcome !== 'acknowledged')
    .map(({ status, outcome, atMs }) => `${outcome} with ${status} at ${((atMs - startedAtMs) / 1000).toFixed(1)} s`);
}
