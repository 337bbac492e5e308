import { createRandom, lockstepUnits, type ChangeReach, type RedeploymentMeasurement } from '../../model/index.ts';
import { rankCorrelation, type RankCorrelation } from '../../statistics/index.ts';
import type { StructureNumbers } from './numbers.ts';

/** Changes below which a correlation says nothing, whatever comes out. */
export const fewestChanges = 10;

/** How far changes reach in one cut. */
export interface ReachSummary {
  changes: number;
  /** Those that stay within one unit. */
  within: number;
  /** Null where there are no changes. */
  meanUnits: number | null;
}

/** Pure. */
export function reachSummary(changes: readonly ChangeReach[]): ReachSummary {
  const units = changes.map((change) => change.units.length);
  return {
    changes: changes.length,
    within: units.filter((count) => count <= 1).length,
    meanUnits: units.length === 0 ? null : units.reduce((sum, count) => sum + count, 0) / units.length,
  };
}

/** Numbers of a changed module that might foretell how far the change reaches. */
export const foretelling = ['consumers', 'lines'] as const;
export type Foretelling = (typeof foretelling)[number];

/** What it might foretell: units that get another program, or units that had to go out in one release, as seen. */
export type Foretold = 'rebuilt' | 'at-once';

/** Whether a module's number goes with the units that its changes get into, or that had to go out at once. */
export interface Association extends RankCorrelation {
  of: Foretelling;
  foretells: Foretold;
  /** `few`: too few changes to tell; `constant`: one of both never varies; `unclear`: the interval has both signs in it; `rises`, `falls`: it has one. */
  says: 'few' | 'constant' | 'unclear' | 'rises' | 'falls';
}

/**
 * Over the changes that edit a module: rank correlation of the module's number (the largest, where several are edited) with the number of units that get another program and, over those that were released, with
 * the units that had to go out at once (`atOnce`, by change); nothing of these where none was released. `label`: names the random stream of the interval, so that the same changes give the same digits. Pure.
 */
export function associationsOf(
  changes: readonly ChangeReach[],
  modules: readonly StructureNumbers[],
  label: string,
  atOnce: ReadonlyMap<string, number> = new Map(),
): Association[] {
  const held = (foretells: Foretold, unitsOf: (change: ChangeReach) => number | undefined): Association[] =>
    foretelling.map((of) => {
      const pairs = changes.flatMap((change): [number, number][] => {
        const edited = modules.filter(({ name }) => change.modules.includes(name));
        const units = unitsOf(change);
        return edited.length === 0 || units === undefined
          ? []
          : [[Math.max(...edited.map((one) => numberOf(one, of))), units]];
      });
      const stream = foretells === 'rebuilt' ? [of] : [of, foretells];
      const correlation = rankCorrelation(pairs, createRandom('structure', ...stream, label));
      return { of, foretells, ...correlation, says: saysWhat(correlation) };
    });
  return [
    ...held('rebuilt', ({ units }) => units.length),
    ...(atOnce.size === 0 ? [] : held('at-once', ({ change }) => atOnce.get(change))),
  ];
}

/** Units that had to go out in one release for everybody to be served, by change: means over the deployments of one cut in which contracts were looked at. Pure. */
export function unitsAtOnce(measured: readonly RedeploymentMeasurement[]): Map<string, number> {
  const counts = new Map<string, number[]>();
  for (const one of measured) {
    const units = lockstepUnits(one);
    if (units !== null) counts.set(one.change, [...(counts.get(one.change) ?? []), units]);
  }
  return new Map(
    [...counts].map(([change, units]) => [change, units.reduce((sum, one) => sum + one, 0) / units.length]),
  );
}

function numberOf({ consumers, lines }: StructureNumbers, of: Foretelling): number {
  switch (of) {
    case 'consumers':
      return consumers.length;
    case 'lines':
      return lines;
    default:
      return of satisfies never;
  }
}

function saysWhat({ n, rho, interval }: RankCorrelation): Association['says'] {
  if (n < fewestChanges) return 'few';
  if (rho === null || interval === null) return 'constant';
  if (interval.low <= 0 && interval.high >= 0) return 'unclear';
  return rho > 0 ? 'rises' : 'falls';
}
