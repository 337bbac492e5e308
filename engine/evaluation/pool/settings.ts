import type { Result } from '../../model/index.ts';

/** What two results must have in common to have measured the same, by path. Titles, seed, blocks, looks and budget may differ: they say how long was measured and in which order, not what. Pure. */
export function settingsOf({ experiment, environment }: Result): ReadonlyMap<string, string> {
  const { variants, load, warmUp, probes, resources } = experiment;
  return flat({
    ...{ runtime: environment.runtime, load, warmUp, probes, resources },
    variants: variants.map(({ name, topology, settings }) => ({ name, units: topology.units, settings })),
  });
}

/** The first path at which the two differ, with both values, and how many there are; null where there is none. Pure. */
export function firstDifference(
  settings: ReadonlyMap<string, string>,
  others: ReadonlyMap<string, string>,
): { path: string; value: string; other: string; count: number } | null {
  const differing = [...new Set([...settings.keys(), ...others.keys()])]
    .filter((path) => settings.get(path) !== others.get(path))
    .toSorted();
  const [path] = differing;
  if (path === undefined) return null;
  const of = (map: ReadonlyMap<string, string>): string => map.get(path) ?? 'nothing';
  return { path, value: of(settings), other: of(others), count: differing.length };
}

/** What is not there and what is null are one: files of before lack fields of today. */
function flat(value: unknown, path = '', into = new Map<string, string>()): Map<string, string> {
  if (value === null || value === undefined) return into;
  if (typeof value !== 'object') return into.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  for (const [name, inner] of Object.entries(value)) flat(inner, path === '' ? name : `${path}.${name}`, into);
  return into;
}
