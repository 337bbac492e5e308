import { createRandom, type ChangeReach } from '../../model/index.ts';
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

/** Whether a module's number goes with the units that its changes get into. */
export interface Association extends RankCorrelation {
  of: Foretelling;
  /** `few`: too few changes to tell; `constant`: one of both never varies; `unclear`: the interval has both signs in it; `rises`, `falls`: it has one. */
  says: 'few' | 'constant' | 'unclear' | 'rises' | 'falls';
}

/**
 * Over the changes that edit a module: rank correlation of the module's number (the largest, where several are edited) with the number of units that get another program. `label`: names the random stream of the
 * interval, so that the same changes give the same digits. Pure.
 */
export function associationsOf(
  changes: readonly ChangeReach[],
  modules: readonly StructureNumbers[],
  label: string,
): Association[] {
  return foretelling.map((of) => {
    const pairs = changes.flatMap((change): [number, number][] => {
      const edited = modules.filter(({ name }) => change.modules.includes(name));
      return edited.length === 0 ? [] : [[Math.max(...edited.map((one) => numberOf(one, of))), change.units.length]];
    });
    const correlation = rankCorrelation(pairs, createRandom('structure', of, label));
    return { of, ...correlation, says: saysWhat(correlation) };
  });
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
