import { forSharing } from '../sharing.ts';
import type { Exporter } from './exporter.ts';

/** The result itself with its keys in alphabetical order, so that equal results are equal files. */
export const jsonExporter: Exporter = {
  name: 'json',
  extension: 'json',
  mediaType: 'application/json',
  render: (result) => `${canonicalJson(forSharing(result))}\n`,
};

/** JSON with sorted keys and two spaces of indent. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value), null, 2);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
