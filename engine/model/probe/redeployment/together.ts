import type { ContractChange, VersionSkew } from './measurement.ts';

/** How the units of a change may go out. */
export type Together =
  /** One by one, whoever is first. */
  | 'any-order'
  | 'providers-first'
  | 'callers-first'
  /** Whoever is first, somebody is not served until the others have it too. */
  | 'at-once';

/** Endpoints of which less than half of the requests were served while versions differed, sorted. */
export function failingIn({ requests }: Pick<VersionSkew, 'requests'>): string[] {
  return Object.entries(requests)
    .filter(([, { scheduled, lost }]) => lost * 2 > scheduled)
    .map(([endpoint]) => endpoint)
    .toSorted();
}

/** Endpoints that could not be asked while versions differed, because what they build on failed; sorted. */
export function unreachedIn({ requests }: Pick<VersionSkew, 'requests'>): string[] {
  return Object.entries(requests)
    .filter(([, { scheduled }]) => scheduled === 0)
    .map(([endpoint]) => endpoint)
    .toSorted();
}

/**
 * How the units of a change may go out, as foretold by contracts or as seen; null where no two versions can meet. `anyway`: endpoints that fail with all of the change there, which no order would spare. Pure.
 */
export function togetherOf(
  { skews }: Pick<ContractChange, 'skews'>,
  failing: (skew: VersionSkew) => readonly string[],
  anyway: readonly string[] = [],
): Together | null {
  if (skews.length === 0) return null;
  const fails = (first: VersionSkew['first']): boolean =>
    skews.some((skew) => skew.first === first && failing(skew).some((endpoint) => !anyway.includes(endpoint)));
  if (fails('providers')) return fails('callers') ? 'at-once' : 'callers-first';
  return fails('callers') ? 'providers-first' : 'any-order';
}

/** Units that must go out in one release for everybody to be served all the time, as seen: one where an order does. Pure. */
export function lockstepUnits({ contracts }: { contracts?: ContractChange | undefined }): number | null {
  if (contracts === undefined) return null;
  const { skews, staying } = contracts;
  if (togetherOf(contracts, failingIn, staying === undefined ? [] : failingIn(staying)) !== 'at-once') return 1;
  return new Set(skews.flatMap(({ released, left }) => [...released, ...left])).size;
}
