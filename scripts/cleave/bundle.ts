import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

/** Bundles a program of this repository for Node, with its packages left outside. Throws esbuild's error if it cannot. */
export async function bundleProgram(entry: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'esm',
    packages: 'external',
    jsx: 'automatic',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [keepPlaces(entry)],
  });
}

/** Lets every source file find its neighbours as if it had not been moved into a bundle. */
function keepPlaces(entry: string): Plugin {
  return {
    name: 'keep-places',
    setup(builder) {
      builder.onLoad({ filter: /\.tsx?$/ }, async ({ path: file }) => {
        const source = await readFile(file, 'utf8');
        if (file.includes('node_modules') || !source.includes('import.meta.')) return undefined;
        return { contents: withPlace(source, file, entry), loader: file.endsWith('.tsx') ? 'tsx' : 'ts' };
      });
    },
  };
}

/** The source with what it asks of `import.meta` answered for the file where it stands. Pure. */
export function withPlace(source: string, file: string, entry: string): string {
  const answers: Record<string, string> = {
    dirname: JSON.stringify(path.dirname(file)),
    filename: JSON.stringify(file),
    url: JSON.stringify(pathToFileURL(file).href),
    main: String(path.resolve(file) === path.resolve(entry)),
  };
  return source.replace(/\bimport\.meta\.(dirname|filename|url|main)\b/g, (all, name: string) => answers[name] ?? all);
}
