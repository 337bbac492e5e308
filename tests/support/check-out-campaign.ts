import { setTimeout as delay } from 'node:timers/promises';
import type { LoadHandle } from '../../engine/agent/index.ts';
import type { Deployment } from '../../engine/deploy/index.ts';
import { faultCatalogue } from '../../engine/faults/index.ts';
import { thisMachine } from '../../engine/machine/index.ts';
import {
  faultLabel,
  presets,
  wholeLoad,
  type ConsistencyMeasurement,
  type Fault,
  type LedgerEntry,
} from '../../engine/model/index.ts';
import { measureConsistency } from '../../engine/probes/consistency/index.ts';

const settleMs = 30_000;

export interface CampaignOptions {
  /** Done one after another, each once; one is one fault round. */
  faults: readonly Fault[];
  journeysPerSecond: number;
  /** How long a fault is held and how long the application is left alone after it, ms. */
  holdMs: number;
  pauseMs: number;
  seed: number;
  /** A unit is crashed only when it has run this long: the runtimes wait longer and longer with one that keeps crashing. */
  runsBeforeCrashMs?: number;
}

export interface CampaignOutcome {
  books: ConsistencyMeasurement;
  /** Labels of the faults that were done; one that the deployment cannot have is left out. */
  done: string[];
}

export interface PossibleFaults {
  possible: Fault[];
  /** Label of each of the others, and why the deployment cannot have it. */
  leftOut: string[];
}

/** Which of these faults a deployment can have. */
export function possibleFaults(deployment: Deployment, faults: readonly Fault[]): PossibleFaults {
  const looked = faults.map((fault) => ({
    fault,
    why: faultCatalogue[fault.kind].impossible({ deployment, fault }),
  }));
  return {
    possible: looked.flatMap(({ fault, why }) => (why === null ? [fault] : [])),
    leftOut: looked.flatMap(({ fault, why }) => (why === null ? [] : [`${faultLabel(fault)}: ${why}`])),
  };
}

/** Buys, and whatever else the journeys that end in an order do, without a pause until it is stopped. */
export function startBuying(
  { application, agent, entryUrl }: Deployment,
  { journeysPerSecond, seed }: { journeysPerSecond: number; seed: number },
): LoadHandle {
  const journeys = Object.fromEntries(
    Object.entries(application.journeys).filter(([, { steps }]) => steps.some((step) => step.ledger !== undefined)),
  );
  const plan = wholeLoad(application, entryUrl, {
    ...{ journeys, journeysPerSecond, durationMs: 3_600_000, arrivals: 'poisson', seed, maxConnections: 256 },
    ...{ ledger: true, identitySalt: `campaign-${seed}` },
  });
  return agent.startLoad(plan);
}

/** Compares what buyers were told with the books, once all has settled. */
export async function booksAfter(
  deployment: Deployment,
  ledger: LedgerEntry[],
  seed: number,
): Promise<ConsistencyMeasurement> {
  const experiment = presets.smoke.build(deployment.application);
  const books = await measureConsistency(
    {
      deployment,
      experiment: { ...experiment, probes: { ...experiment.probes, consistency: { settleMs } } },
      machine: thisMachine,
      roundId: 'campaign',
      seed,
      signal: new AbortController().signal,
      onEvent: () => undefined,
      ledger,
      generators: {},
      lines: {},
    },
    ledger,
  );
  if (books === null) throw new Error('the books were not checked');
  return books;
}

/** Buys without a pause, at a fixed rate, while one fault after another is done; then compares what buyers were told with the books. */
export async function breakCheckOut(deployment: Deployment, options: CampaignOptions): Promise<CampaignOutcome> {
  const { faults, holdMs, pauseMs, seed } = options;
  const load = startBuying(deployment, options);
  const done: string[] = [];
  try {
    await delay(pauseMs);
    for (const [index, fault] of possibleFaults(deployment, faults).possible.entries()) {
      const definition = faultCatalogue[fault.kind];
      if (fault.kind === 'crash' && options.runsBeforeCrashMs !== undefined) {
        const { startedAtMs } = await deployment.unitHosting(fault.module).status();
        await delay(Math.max(0, (startedAtMs ?? 0) + options.runsBeforeCrashMs - Date.now()));
      }
      const injected = await definition.inject({ deployment, fault, id: `campaign-${seed}-${index}`, limitMs: 30_000 });
      await delay(holdMs);
      await injected.undo();
      done.push(faultLabel(fault));
      await delay(pauseMs);
    }
  } finally {
    await load.stop();
  }
  const { ledger } = await load.done;
  return { books: await booksAfter(deployment, ledger, seed), done };
}

/** What is wrong with the books, in words; empty when nothing is. */
export function anomaliesOf(books: ConsistencyMeasurement): string[] {
  const orders = (['lost', 'duplicated', 'phantom', 'stuck'] as const).flatMap((kind) =>
    books[kind].length === 0 ? [] : [`${books[kind].length} ${kind}`],
  );
  const broken = books.conserved
    .filter(({ holds }) => !holds)
    .map(({ invariant, expected, found }) => `${invariant}: ${found} instead of ${expected}`);
  return [...orders, ...broken, ...(books.quiescedMs === null ? ['it never came to rest'] : [])];
}
