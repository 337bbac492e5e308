import { changesUpTo, type Deployment, type ReleaseOptions } from '../../../engine/deploy/index.ts';
import {
  orderOf,
  own,
  type ExploreRelease,
  type ReleaseByHand,
  type ReleaseEnd,
  type ReplacementStrategy,
} from '../../../engine/model/index.ts';

interface How {
  strategy: ReplacementStrategy;
  signal: AbortSignal;
  /** Hears what is done now. */
  tell: (now: Partial<Pick<ExploreRelease, 'going' | 'stage' | 'units'>>) => void;
}

/**
 * Releases a change after those that it builds on, or takes back all that is released. Tells what the change itself took; null for what is taken back. Throws what the
 * deployment does.
 */
export async function carryOutRelease(
  { kind, change }: ReleaseByHand,
  deployment: Deployment,
  how: How,
): Promise<ReleaseEnd['marks']> {
  const { application } = deployment;
  const options = (going: string): Pick<ReleaseOptions, 'strategy' | 'order' | 'signal' | 'onStage'> => {
    const { there, back } = orderOf(own(application.changes ?? {}, going)?.kind ?? 'fix');
    how.tell({ going, stage: kind === 'release' ? 'bundling' : 'replacing', units: [] });
    return {
      ...{ strategy: how.strategy, signal: how.signal, order: kind === 'release' ? there : back },
      onStage: (now) =>
        how.tell(
          now.stage === 'looking'
            ? now
            : { ...now, units: now.units.map((name) => ({ name, state: 'waits' as const })) },
        ),
    };
  };
  if (kind === 'take-back') {
    while (!deployment.isWhole || deployment.changes.length > 0)
      await deployment.takeBack(options(deployment.isWhole ? (deployment.changes.at(-1) ?? change) : change));
    return null;
  }
  const changes = changesUpTo(application, change);
  const before = changes.slice(0, -1);
  const last = before.at(-1);
  if (last !== undefined) await deployment.release({ changes: before, ...options(last) });
  const { bundledMs, builtMs, replacedMs, seenMs } = await deployment.release({ changes, ...options(change) });
  return { bundledMs, builtMs, replacedMs, seenMs };
}
