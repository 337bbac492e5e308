import { own, type Application, type ChangeKind, type Topology } from '../model/index.ts';
import { changesUpTo, modulesBetween } from './edit.ts';
import type { Laboratory } from './laboratory.ts';
import { programsAfter } from './programs.ts';

/** What one change of an application gets into. */
export interface ChangeImpact {
  change: string;
  title: string;
  kind: ChangeKind;
  /** Modules whose own files it edits. */
  modules: string[];
  /** Units whose program becomes another by it, by cut: what is released with it. */
  units: Record<string, string[]>;
}

/**
 * Which units each change gets into, in each cut, once those it builds on are there; found by bundling, nothing is built or run. Throws ChangeError, BundleError, or the signal's
 * reason.
 */
export async function impactOfChanges(
  laboratory: Pick<Laboratory, 'bundle' | 'edit'>,
  application: Application,
  {
    topologies,
    changes,
    signal,
  }: { topologies: readonly Topology[]; changes: readonly string[]; signal?: AbortSignal },
): Promise<ChangeImpact[]> {
  // No change is one of packages of others: with or without them the same programs become others.
  const quick: Pick<Laboratory, 'bundle'> = {
    bundle: (of, units, options) => laboratory.bundle(of, units, { ...options, packages: 'left-out', signal }),
  };
  const cuts = await Promise.all(
    topologies.map(async ({ name, units }) => ({ name, source: await quick.bundle(application, units) })),
  );
  const impacts: ChangeImpact[] = [];
  for (const change of changes) {
    signal?.throwIfAborted();
    const chain = changesUpTo(application, change);
    const [before, after] = [
      await laboratory.edit(application, chain.slice(0, -1)),
      await laboratory.edit(application, chain),
    ];
    const units: Record<string, string[]> = {};
    for (const { name, source } of cuts) {
      const was = await programsAfter(quick, application, source, before);
      const is = await programsAfter(quick, application, source, after);
      units[name] = [...is].flatMap(([unit, { hash }]) => (was.get(unit)?.hash === hash ? [] : [unit]));
    }
    const named = own(application.changes ?? {}, change);
    impacts.push({
      ...{ change, title: named?.title ?? change, kind: named?.kind ?? 'fix' },
      modules: modulesBetween(before, after),
      units,
    });
  }
  return impacts;
}
