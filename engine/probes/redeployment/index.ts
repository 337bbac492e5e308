import { changesUpTo, DeployError, type ReleaseMeasurement } from '../../deploy/index.ts';
import {
  backPhase,
  createRandom,
  orderOf,
  own,
  releasePhase,
  type Change,
  type LoadMeasurement,
  type RedeploymentMeasurement,
  type ReleasedRequests,
} from '../../model/index.ts';
import { startLoad, type ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { Calls, differencesBetween, documentOf, measureSkews } from './contracts.ts';

/** How long the load runs before and after, ms. */
const besideMs = 1000;
/** Longer than any release takes; it is ended by hand. */
const loadMs = 300_000;

export const runRedeployment: RunProbe = async ({ context, round, step }) => {
  const settings = context.experiment.probes.redeployment ?? null;
  if (settings === null) return;
  const measured: RedeploymentMeasurement[] = [];
  const calls = new Calls(context);
  // In another order in each block, so that what one leaves behind meets all alike.
  for (const change of createRandom(context.seed, 'changes').shuffle(settings.changes))
    measured.push(await step(`Release "${change}" and take it back`, () => measureRelease(context, calls, change)));
  round.redeployment = measured;
};

/** One change, after those it builds on, released under load and taken back; the deployment is as before afterwards. Throws what keeps it from being so. */
async function measureRelease(context: ProbeContext, calls: Calls, name: string): Promise<RedeploymentMeasurement> {
  const { deployment, experiment, signal } = context;
  const { application, clock } = deployment;
  const strategy = experiment.probes.redeployment?.strategy ?? 'rolling';
  const change = own(application.changes ?? {}, name);
  const chain = changesUpTo(application, name);
  if (change === undefined) throw new DeployError(`there is no change "${name}"`);
  const before = chain.slice(0, -1);
  const { there: order, back: backOrder } = orderOf(change.kind);
  if (before.length > 0) await deployment.release({ changes: before, strategy, signal });
  const documentBefore = await documentOf(context);
  const startedAtMs = clock.nowMs();
  const released = await underLoad(context, releasePhase(name), () =>
    deployment.release({ changes: chain, strategy, order, signal }).catch((error: unknown) => givenUp(change, error)),
  );
  const refused = released.value instanceof DeployError ? released.value : null;
  const contracts =
    refused === null ? await differencesBetween(context, documentBefore, await documentOf(context)) : null;
  // A release that was given up may have ended what served before.
  const back =
    refused === null || !deployment.isWhole
      ? await underLoad(context, backPhase(name), () => deployment.takeBack({ strategy, order: backOrder, signal }))
      : null;
  const marks = marksOf(released.value);
  const skews = contracts === null ? [] : await measureSkews(context, calls, { name, chain, ...contracts, ...marks });
  if (before.length > 0) await deployment.takeBack({ strategy, signal });
  return {
    ...{ change: name, kind: change.kind, strategy, order, startedAtMs },
    status: refused === null ? 'released' : 'refused',
    reason: refused?.message ?? null,
    ...marks,
    requests: released.requests,
    ...(contracts === null ? {} : { contracts: { ...contracts, skews } }),
    back: back === null ? null : { replacedMs: back.value.replacedMs, requests: back.requests },
  };
}

/** A bug that never gets ready is given up by the deployment itself, and that is what is measured; anything else is thrown on. */
function givenUp({ kind }: Change, error: unknown): DeployError {
  if (kind === 'bug-unready' && error instanceof DeployError) return error;
  throw error;
}

function marksOf(
  release: ReleaseMeasurement | DeployError,
): Omit<
  RedeploymentMeasurement,
  'change' | 'kind' | 'strategy' | 'order' | 'startedAtMs' | 'status' | 'reason' | 'requests' | 'back'
> {
  if (release instanceof DeployError)
    return {
      ...{ modules: [], changedUnits: [], bundledMs: 0, builtMs: 0 },
      ...{ addedBytes: 0, replaced: [], replacedMs: 0, seenMs: null },
    };
  const { modules, changedUnits, bundledMs, builtMs, addedBytes, replaced, replacedMs, seenMs } = release;
  return { modules, changedUnits, bundledMs, builtMs, addedBytes, replaced, replacedMs, seenMs };
}

async function underLoad<T>(
  context: ProbeContext,
  phase: string,
  work: () => Promise<T>,
): Promise<{ value: T; requests: ReleasedRequests }> {
  const { clock } = context.deployment;
  // Evenly, as under faults: what is lost is told by how long nobody served.
  const load = startLoad(context, { phase, durationMs: loadMs, arrivals: 'constant' });
  try {
    await clock.delay(besideMs, context.signal);
    const value = await work();
    await clock.delay(besideMs, context.signal);
    return { value, requests: requestsOf(await load.stop()) };
  } finally {
    await load.stop().catch(() => undefined);
  }
}

function requestsOf({ endpoints }: LoadMeasurement): ReleasedRequests {
  const all = Object.entries(endpoints);
  const lostBy = Object.fromEntries(
    all.map(([name, { scheduled, good }]) => [name, scheduled - good] as const).filter(([, lost]) => lost > 0),
  );
  return {
    scheduled: all.reduce((sum, [, { scheduled }]) => sum + scheduled, 0),
    lost: Object.values(lostBy).reduce((sum, lost) => sum + lost, 0),
    lostBy,
  };
}
