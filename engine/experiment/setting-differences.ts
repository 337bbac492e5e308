import type { Variant } from '../model/index.ts';

/** Names of the settings in which two variants differ beside their topology, for example `consistency`; tunables one by one (`tunables.work`). */
export function settingDifferences(first: Variant, second: Variant): string[] {
  const { tunables: _, ...plain } = first.settings;
  const other = new Map<string, unknown>(Object.entries(second.settings));
  const differing = Object.entries(plain)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(other.get(name)))
    .map(([name]) => name);
  const tunables = new Set([...Object.keys(first.settings.tunables), ...Object.keys(second.settings.tunables)]);
  for (const name of tunables) {
    if (first.settings.tunables[name] !== second.settings.tunables[name]) differing.push(`tunables.${name}`);
  }
  return differing.toSorted();
}
