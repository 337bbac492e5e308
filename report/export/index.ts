import { csvExporter } from './csv.ts';
import type { Exporter } from './exporter.ts';
import { htmlExporter } from './html.ts';
import { jsonExporter } from './json.ts';
import { junitExporter } from './junit.ts';
import { markdownExporter } from './markdown.ts';

/** Every format a result can be written in. */
export const exporters: readonly Exporter[] = [
  htmlExporter,
  csvExporter,
  jsonExporter,
  markdownExporter,
  junitExporter,
];

/** The exporter of that name. Throws an Error naming those there are. */
export function exporterOf(name: string): Exporter {
  const found = exporters.find((exporter) => exporter.name === name);
  if (found === undefined)
    throw new Error(`format "${name}" is not known; allowed: ${exporters.map((exporter) => exporter.name).join(', ')}`);
  return found;
}

export type { Exporter } from './exporter.ts';
export { lessonsOf } from './lessons.ts';
