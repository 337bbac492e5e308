import { createHash } from 'node:crypto';
import { readFile, readdir, realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { build } from 'esbuild';
import { launchOf } from '../languages/index.ts';
import { own, type Application, type Unit } from '../model/index.ts';
import type { UnitSource } from '../runtime/index.ts';
import { noEdit, type Edit } from './edit.ts';

/** The program that begins a unit, which is no file. */
const ENTRY = 'unit';

/** A unit could not be bundled; the message names the unit and the first error. */
export class BundleError extends Error {
  override name = 'BundleError';
}

/** What a unit was bundled from. */
export interface BundledUnit extends UnitSource {
  /** Absolute paths of the files that are in the bundle. */
  sources: readonly string[];
  /** Bytes of the bundle that come from each of them. */
  bytes: ReadonlyMap<string, number>;
}

/** `left-out`: packages of others are imported and not in it, which is no program to run, but tells ten times as fast whether one is another. */
export type PackagesOfOthers = 'bundled' | 'left-out';

/**
 * Bundles each unit's modules, and no others, with the application's kit into one ECMAScript module, by name of the unit. All in one go: what they share is read once. The bundle of a unit
 * is the same whatever is bundled with it. `edit`: files as they are after changes, which are on no disk. Throws BundleError.
 */
export async function bundleUnits(
  applicationsDirectory: string,
  application: Application,
  units: readonly Unit[],
  { files }: Pick<Edit, 'files'> = noEdit,
  packages: PackagesOfOthers = 'bundled',
): Promise<Map<string, BundledUnit>> {
  const root = join(applicationsDirectory, application.name);
  const entries = new Map(units.map((unit) => [unit.name, entrySource(root, application, unit)]));
  const outcome = await bundle(root, application, entries, { files, packages }).catch(async (error: unknown) => {
    // Together they do not tell whose fault it is.
    for (const [name, source] of entries)
      await bundle(root, application, new Map([[name, source]]), { files, packages }).catch((reason: unknown) => {
        throw new BundleError(`unit "${name}" cannot be bundled: ${firstLine(reason)}`);
      });
    throw new BundleError(`units of "${application.name}" cannot be bundled: ${firstLine(error)}`);
  });
  return new Map(
    units.map((unit): [string, BundledUnit] => {
      const file = outcome.outputFiles.find(({ path }) => basename(path) === `${unit.name}.js`);
      if (file === undefined) throw new BundleError(`unit "${unit.name}" cannot be bundled: the bundler wrote nothing`);
      const hash = createHash('sha256').update(file.contents).digest('hex').slice(0, 16);
      const inputs = Object.entries(outcome.metafile.outputs).find(([path]) => basename(path) === basename(file.path));
      const bytes = new Map(
        Object.entries(inputs?.[1].inputs ?? {}).map(([path, { bytesInOutput }]) => [resolve(path), bytesInOutput]),
      );
      const sources = [...bytes.keys()];
      return [
        unit.name,
        {
          ...{ unit, application: application.name, language: 'typescript' as const },
          ...{ files: { [launchOf('typescript').main]: file.contents }, hash, sources, bytes },
        },
      ];
    }),
  );
}

/** One file for each of these sources, by name. Throws where one has a file in it that is not the application's, its kit's or a package's. */
async function bundle(
  root: string,
  application: Application,
  entries: ReadonlyMap<string, string>,
  options: Parameters<typeof bundleAll>[2],
) {
  const outcome = await bundleAll(root, entries, options);
  await assertInside(root, application, Object.keys(outcome.metafile.inputs));
  return outcome;
}

/** A module is code that anybody may have written: what it imports would be in its image, from where its entry could send it on. Links are followed to where they lead. */
async function assertInside(root: string, application: Application, inputs: readonly string[]): Promise<void> {
  const real = (place: string): Promise<string> => realpath(place).catch(() => resolve(place));
  const [applications, kit] = await Promise.all([dirname(root), dirname(resolve(root, application.kit))].map(real));
  const realRoot = await real(root);
  const folders = [realRoot, ...(await Promise.all([...packageFolders(root), ...packageFolders(realRoot)].map(real)))];
  const isIn = (folder: string | undefined, file: string): boolean => file.startsWith(`${folder}${sep}`);
  // A kit is shared by applications, and no way to any other folder.
  if (kit !== undefined && isIn(applications, `${kit}${sep}`)) folders.push(kit);
  for (const input of inputs) {
    if (input.startsWith(`${ENTRY}:`)) continue;
    const file = await real(input);
    if (!folders.some((folder) => isIn(folder, file)))
      throw new Error(`it imports ${file}, which is outside of the application, its kit and their packages`);
  }
}

/** Where packages are looked for from a folder (Node's rule): beside it and beside every folder around it. */
function packageFolders(folder: string): string[] {
  const around = dirname(folder);
  return [join(folder, 'node_modules'), ...(around === folder ? [] : packageFolders(around))];
}

function bundleAll(
  root: string,
  entries: ReadonlyMap<string, string>,
  { files, packages }: { files: ReadonlyMap<string, string>; packages: PackagesOfOthers },
) {
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

/** `uses` of the kit, and the modules as `module0`, `module1` and so on. */
function importsOf(root: string, application: Application, { name: unit, modules }: Unit, uses: string): string {
  const imports = modules.map((name, index) => {
    const source = own(application.modules, name)?.source;
    if (source === undefined) throw new BundleError(`unit "${unit}" has the unknown module "${name}"`);
    return `import { module as module${index} } from ${JSON.stringify(resolve(root, source))};`;
  });
  return `import { ${uses} } from ${JSON.stringify(resolve(root, application.kit))};\n${imports.join('\n')}\n`;
}

function entrySource(root: string, application: Application, unit: Unit): string {
  const table = unit.modules.map((name, index) => `${JSON.stringify(name)}: module${index}`).join(', ');
  return `${importsOf(root, application, unit, 'startUnit')}await startUnit({ ${table} });\n`;
}

/**
 * A program that writes the OpenAPI document of a unit's modules to its standard output and ends: what the unit would publish, but for the routes of an entry. `edit` as for
 * `bundleUnits`. Throws BundleError.
 */
export async function bundleDescription(
  applicationsDirectory: string,
  application: Application,
  unit: Unit,
  { files }: Pick<Edit, 'files'> = noEdit,
): Promise<Uint8Array> {
  const root = join(applicationsDirectory, application.name);
  const modules = unit.modules.map((_name, index) => `module${index}`).join(', ');
  const title = JSON.stringify(`${application.name}: ${unit.name}`);
  const source = `${importsOf(root, application, unit, 'describeModules')}process.stdout.write(JSON.stringify(describeModules(${title}, [${modules}])));\n`;
  const outcome = await bundle(root, application, new Map([[unit.name, source]]), {
    files,
    packages: 'bundled',
  }).catch((error: unknown) => {
    throw new BundleError(`the contract of "${unit.name}" cannot be bundled: ${firstLine(error)}`);
  });
  const [file] = outcome.outputFiles;
  if (file === undefined)
    throw new BundleError(`the contract of "${unit.name}" cannot be bundled: the bundler wrote nothing`);
  return file.contents;
}

/** Hash over every source file of the application and its kit: the same for every cut of one commit. */
export async function hashSources(applicationsDirectory: string, application: Application): Promise<string> {
  const root = join(applicationsDirectory, application.name);
  const kit = resolve(root, application.kit, '..');
  const hash = createHash('sha256');
  for (const directory of [root, kit].toSorted()) {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && /\.(ts|yaml|css|json)$/.test(entry.name) && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name));
    for (const path of files.toSorted()) {
      hash
        .update(relative(applicationsDirectory, path))
        .update('\0')
        .update(await readFile(path))
        .update('\0');
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error))
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .join(' ');
}
