import {
  changesUpTo,
  DeployError,
  type Deployment,
  type ReleaseMeasurement,
  type ReleaseOptions,
} from '../../deploy/index.ts';
import {
  againPhase,
  backPhase,
  changeTitle,
  createRandom,
  orderOf,
  own,
  releasePhase,
  type Change,
  type RedeploymentMeasurement,
  type ReleaseWatch,
} from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import type { SliceTrack } from '../track.ts';
import { Calls, differencesBetween, documentOf, measureSkews } from './contracts.ts';
import { underLoad } from './under-load.ts';
import { watchedMs as watchedMsFor, watchRelease } from './watch.ts';

const noRequests = { scheduled: 0, lost: 0, lostBy: {} };

export const runRedeployment: RunProbe = async ({ context, round, step }) => {
  const settings = context.experiment.probes.redeployment ?? null;
  if (settings === null) return;
  const { application } = context.deployment;
  const measured: RedeploymentMeasurement[] = [];
  const calls = new Calls(context);
  // In another order in each block, so that what one leaves behind meets all alike.
  for (const change of createRandom(context.seed, 'changes').shuffle(settings.changes))
    measured.push(
      await step(`Release "${changeTitle(application, change)}" and take it back`, () =>
        measureRelease(context, calls, change),
      ),
    );
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
  const { value: release, requests } = await underLoad(context, releasePhase(name), (track) =>
    releaseAndWatch(context, { change, track, ...{ changes: chain, strategy, order, backOrder } }),
  );
  const { there, refused, reach, back: automatic } = release;
  const isThere = there !== null && automatic === null;
  const contracts = isThere ? await differencesBetween(context, documentBefore, await documentOf(context)) : null;
  const back = isThere
    ? await underLoad(context, backPhase(name), () => deployment.takeBack({ strategy, order: backOrder, signal }))
    : null;
  const again = isThere ? await releaseAgain(context, { name, changes: chain, strategy, order, backOrder }) : null;
  const marks = marksOf(there, reach);
  const skewed =
    contracts === null ? null : await measureSkews(context, calls, { name, chain, ...contracts, ...marks });
  if (before.length > 0) await deployment.takeBack({ strategy, signal });
  return {
    ...{ change: name, kind: change.kind, strategy, order, startedAtMs },
    status: refused === null ? 'released' : 'refused',
    reason: refused?.message ?? null,
    ...{ ...marks, requests, watch: release.watch },
    ...(contracts === null || skewed === null ? {} : { contracts: { ...contracts, ...skewed } }),
    ...(again === null ? {} : { warm: again }),
    back:
      back !== null
        ? { replacedMs: back.value.replacedMs, requests: back.requests }
        : automatic === null
          ? null
          : { replacedMs: automatic.replacedMs, requests: noRequests },
  };
}

/** The same once more, from the images that were built of it, and taken back; nobody is on it while that is done. */
async function releaseAgain(
  context: ProbeContext,
  {
    name,
    backOrder,
    ...how
  }: Pick<ReleaseOptions, 'changes' | 'strategy' | 'order'> & { name: string; backOrder: ReleaseOptions['order'] },
): Promise<NonNullable<RedeploymentMeasurement['warm']>> {
  const { deployment, signal } = context;
  const { value } = await underLoad(context, againPhase(name), () =>
    deployment.release({ ...how, isBuiltBefore: true, signal }),
  );
  await deployment.takeBack({ strategy: how.strategy, order: backOrder, signal });
  const { bundledMs, builtMs, replacedMs, seenMs } = value;
  return { bundledMs, builtMs, replacedMs, seenMs };
}

type Reach = Pick<ReleaseMeasurement, 'modules' | 'changedUnits'>;

/** What became of a release under watch; one that went live and harmed nobody is still there. */
interface Watched {
  /** Null where it was given up. */
  there: ReleaseMeasurement | null;
  refused: DeployError | null;
  /** What it gets into, also where it was given up. */
  reach: Reach;
  /** Where it was taken back for what was noticed. */
  back: ReleaseMeasurement | null;
  watch: ReleaseWatch;
}

async function releaseAndWatch(
  { deployment, experiment, signal }: ProbeContext,
  {
    change,
    track,
    backOrder,
    ...how
  }: Pick<ReleaseOptions, 'changes' | 'strategy' | 'order'> & {
    change: Change;
    track: SliceTrack;
    backOrder: ReleaseOptions['order'];
  },
): Promise<Watched> {
  const { clock, application } = deployment;
  const watchedMs = watchedMsFor(experiment.load.deadlineMs);
  const editAtMs = clock.nowMs();
  const since = (): number => clock.nowMs() - editAtMs;
  const takeBack: Deployment['takeBack'] = (options) => deployment.takeBack({ ...options, order: backOrder, signal });
  const { strategy } = how;
  let reach: Reach = { modules: [], changedUnits: [] };
  const onReach = (known: Reach): void => {
    reach = known;
  };
  const there = await deployment.release({ ...how, signal, onReach }).catch((error: unknown) => givenUp(change, error));
  if (there instanceof DeployError) {
    const noticedMs = since();
    // A release that was given up may have ended what served before.
    const back = deployment.isWhole ? null : await takeBack({ strategy });
    return {
      ...{ there: null, refused: there, reach, back },
      watch: { watchedMs, noticedMs, wholeMs: noticedMs + servedAgainMs(back), alarm: null },
    };
  }
  const alarm = await watchRelease(track, {
    ...{ clock, editAtMs, signal, forMs: watchedMs },
    endpoints: Object.keys(application.endpoints),
  });
  if (alarm === null)
    return { there, refused: null, reach, back: null, watch: { watchedMs, noticedMs: null, wholeMs: null, alarm } };
  const noticedMs = since();
  const back = await takeBack({ strategy });
  return {
    ...{ there, refused: null, reach, back },
    watch: { watchedMs, noticedMs, wholeMs: noticedMs + servedAgainMs(back), alarm },
  };
}

/** From the beginning of taking back until everybody is led to what was there before, ms; what is bad may take long to end after that, and nobody asks it any more. */
function servedAgainMs(back: ReleaseMeasurement | null): number {
  if (back === null) return 0;
  const { strategy, replaced } = back;
  return Math.max(0, ...replaced.map(({ readyMs, switchedMs }) => (strategy === 'recreate' ? readyMs : switchedMs)));
}

/** A bug that never gets ready is given up by the deployment itself, and that is what is measured; anything else is thrown on. */
function givenUp({ kind }: Change, error: unknown): DeployError {
  if (kind === 'bug-unready' && error instanceof DeployError) return error;
  throw error;
}

/** Of one that was given up there is what it gets into, and no times. */
function marksOf(
  release: ReleaseMeasurement | null,
  reach: Reach,
): Pick<
  RedeploymentMeasurement,
  'modules' | 'changedUnits' | 'bundledMs' | 'builtMs' | 'addedBytes' | 'replaced' | 'replacedMs' | 'seenMs'
> {
  if (release === null)
    return {
      ...{ ...reach, bundledMs: 0, builtMs: 0 },
      ...{ addedBytes: 0, replaced: [], replacedMs: 0, seenMs: null },
    };
  const { modules, changedUnits, bundledMs, builtMs, addedBytes, replaced, replacedMs, seenMs } = release;
  return { modules, changedUnits, bundledMs, builtMs, addedBytes, replaced, replacedMs, seenMs };
}
