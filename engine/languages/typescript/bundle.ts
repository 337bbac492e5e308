import { basename, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Application } from '../../model/index.ts';
import type { PackagesOfOthers } from '../program.ts';
import { assertInside } from './inside.ts';

/** The program that begins a unit, which is no file. */
const ENTRY = 'unit';

interface BundleOptions {
  files: ReadonlyMap<string, string>;
  packages: PackagesOfOthers;
}

/** One file for each of these sources, by name. Throws where one has a file in it that is not the application's, its kit's or a package's. */
export async function bundle(
  root: string,
  application: Application,
  entries: ReadonlyMap<string, string>,
  options: BundleOptions,
) {
  const outcome = await bundleAll(root, entries, options);
  const inputs = Object.keys(outcome.metafile.inputs).filter((input) => !input.startsWith(`${ENTRY}:`));
  await assertInside(root, application, inputs);
  return outcome;
}

function bundleAll(root: string, entries: ReadonlyMap<string, string>, { files, packages }: BundleOptions) {
  return build({
    entryPoints: [...entries.keys()].map((name) => ({ in: `${ENTRY}:${name}`, out: name })),
    plugins: [
      {
        name: ENTRY,
        setup: (plugged) => {
          plugged.onResolve({ filter: new RegExp(`^${ENTRY}:`) }, ({ path }) => ({
            path: path.slice(ENTRY.length + 1),
            namespace: ENTRY,
          }));
          plugged.onLoad({ filter: /.*/, namespace: ENTRY }, ({ path }) => ({
            contents: entries.get(path) ?? '',
            resolveDir: root,
            loader: 'ts',
          }));
        },
      },
      {
        name: 'edit',
        setup: (plugged) => {
          if (files.size === 0) return;
          // Asking about every import takes several times as long as the rest.
          const names = [...new Set([...files.keys()].map((file) => literally(basename(file))))];
          plugged.onResolve({ filter: new RegExp(`^\\..*(?:${names.join('|')})$`) }, ({ path, resolveDir }) => {
            const file = resolve(resolveDir, path);
            return files.has(file) ? { path: file } : undefined;
          });
          plugged.onLoad({ filter: new RegExp(`(?:${names.join('|')})$`) }, ({ path }) => {
            const contents = files.get(path);
            return contents === undefined ? undefined : { contents, loader: 'ts' };
          });
        },
      },
    ],
    metafile: true,
    ...(packages === 'left-out' ? { packages: 'external' as const } : {}),
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
    outdir: root,
    // CommonJS packages inside an ECMAScript bundle still call `require` for Node's own modules.
    banner: {
      js: "import { createRequire as cleaveRequire } from 'node:module'; const require = cleaveRequire(import.meta.url);",
    },
  });
}

/** A text as a regular expression that nothing but it fits. */
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\-]/g, '\\$&');
