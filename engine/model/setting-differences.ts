import type { Experiment } from './experiment.ts';
import { languagesIn } from './language.ts';
import { own } from './own.ts';
import type { Variant } from './variant.ts';

/** Names of what two variants differ in beside where their cuts lie, for example `consistency`, or `language` where a module runs in another one; tunables one by one (`tunables.work`). */
export function settingDifferences(first: Variant, second: Variant): string[] {
  const { tunables: _, ...plain } = first.settings;
  const other = new Map<string, unknown>(Object.entries(second.settings));
  const differing = Object.entries(plain)
    .filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(other.get(name)))
    .map(([name]) => name);
  const tunables = new Set([...Object.keys(first.settings.tunables), ...Object.keys(second.settings.tunables)]);
  for (const name of tunables) {
    if (own(first.settings.tunables, name) !== own(second.settings.tunables, name)) differing.push(`tunables.${name}`);
  }
  if (JSON.stringify(languagesIn(first.topology)) !== JSON.stringify(languagesIn(second.topology)))
    differing.push('language');
  return differing.toSorted();
}

/** Every setting in which some variant differs from the baseline. */
export function differencesFromBaseline({ variants }: Pick<Experiment, 'variants'>): string[] {
  const [baseline, ...others] = variants;
  if (baseline === undefined) return [];
  return [...new Set(others.flatMap((variant) => settingDifferences(baseline, variant)))].toSorted();
}

/** Whether a difference is named as wanted, itself or with all of its kind (`tunables` for `tunables.work`). */
export function isDeclaredDifference(declared: readonly string[], name: string): boolean {
  return declared.includes(name) || declared.includes(name.split('.')[0] ?? name);
}
