import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type * as Report from '../report/index.ts';
import type * as Testing from '../report/testing/index.ts';

/** Writes the report of each test result into a temporary folder and prints where: `node scripts/report-preview.ts`. */
const folder = await mkdtemp(join(tmpdir(), 'cleave-report-'));
const bundle = join(folder, 'report.mjs');
await build({
  stdin: {
    contents: `export { renderHtml, renderComparisonHtml } from './report/index.ts'; export * from './report/testing/index.ts';`,
    resolveDir: join(import.meta.dirname, '..'),
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'esm',
  jsx: 'automatic',
  outfile: bundle,
  banner: {
    js: `import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);`,
  },
  logLevel: 'warning',
});
const report = (await import(pathToFileURL(bundle).href)) as typeof Report & typeof Testing;
for (const [name, make] of Object.entries(report.examples)) {
  const result = make();
  for (const theme of ['light', 'dark'] as const) {
    const started = performance.now();
    const html = report.renderHtml(result, { theme, print: process.argv.includes('--print') });
    const file = join(folder, `${name}-${theme}.html`);
    await writeFile(file, html);
    console.log(
      `${file}  ${(Buffer.byteLength(html) / 1024).toFixed(0)} KiB  ${(performance.now() - started).toFixed(0)} ms`,
    );
  }
}
const compared = join(folder, 'comparison-light.html');
await writeFile(compared, report.renderComparisonHtml(report.quickResult(), report.standardResult(), 'light'));
console.log(compared);
await rm(bundle);
