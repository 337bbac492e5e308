import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';
import { isMadeOfTheSame, rememberSources } from './made-of.ts';

/**
 * Bundles a program of this repository for Node, with its packages left outside; does nothing when no source changed since the last time.
 * Throws esbuild's error if it cannot.
 */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  if (await isMadeOfTheSame(outfile)) return;
  const startMs = Date.now();
  // Loaded only here, since starting it takes longer than all that a program does which refuses something.
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    sourcemap: true,
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: [keepPlaces(entry)],
  });
  await mkdir(path.dirname(outfile), { recursive: true });
  // In one step each: another start of the same program may be reading them.
  for (const { path: file, contents } of outputFiles) {
    const beside = `${file}.${process.pid}`;
    await writeFile(beside, contents);
    await rename(beside, file);
  }
  const sources = Object.keys(metafile.inputs).map((file) => path.resolve(file));
  await rememberSources(outfile, [...sources, import.meta.filename], startMs);
}

/** Lets every source file find its neighbours as if it had not been moved into a bundle. */
function keepPlaces(entry: string): Plugin {
  return {
    name: 'keep-places',
    setup(builder) {
      builder.initialOptions.define = {
        ...builder.initialOptions.define,
        ...Object.fromEntries(PLACES.map((name) => [`import.meta.${name}`, placeholder(name)])),
      };
      builder.onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        if (!source.includes('import.meta.')) return undefined;
        return { contents: declarePlaces(file, entry) + source, loader: file.endsWith('.tsx') ? 'tsx' : 'ts' };
      });
    },
  };
}

const PLACES = ['dirname', 'filename', 'url', 'main'] as const;

function placeholder(name: string): string {
  return `importMeta_${name}`;
}

/** Declarations, on one line so that line numbers stay, of what a source file may ask of `import.meta`. Pure. */
export function declarePlaces(file: string, entry: string): string {
  const answers: Record<(typeof PLACES)[number], string | boolean> = {
    dirname: path.dirname(file),
    filename: file,
    url: pathToFileURL(file).href,
    main: path.resolve(file) === path.resolve(entry),
  };
  return PLACES.map((name) => `const ${placeholder(name)} = ${JSON.stringify(answers[name])};`).join('');
}
