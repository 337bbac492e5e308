import { createHash } from 'node:crypto';
import { basename, resolve } from 'node:path';
import { own, type Application, type Unit } from '../../model/index.ts';
import { launchOf } from '../launch.ts';
import { rootOf } from '../place.ts';
import { firstWords, Unbuildable, type Builder, type BuildOrder, type Program } from '../program.ts';
import { bundle } from './bundle.ts';

/**
 * Bundles each unit's modules, and no others, with the application's kit into one ECMAScript module. All in one go: what they share is read once. The bundle of a unit is the same whatever is
 * bundled with it.
 */
export const buildTypeScript: Builder = async (order) => {
  const { application, units, files, packages, signal } = order;
  const root = rootOf(order);
  const entries = new Map(units.map((unit) => [unit.name, entrySource(root, application, unit)]));
  const outcome = await bundle(root, application, entries, { files, packages }).catch(async (error: unknown) => {
    // Together they do not tell whose fault it is.
    for (const [name, source] of entries)
      await bundle(root, application, new Map([[name, source]]), { files, packages }).catch((reason: unknown) => {
        throw new Unbuildable(name, firstWords(reason));
      });
    throw new Unbuildable(null, firstWords(error));
  });
  signal?.throwIfAborted();
  return new Map(
    units.map(({ name }): [string, Program] => {
      const file = outcome.outputFiles.find(({ path }) => basename(path) === `${name}.js`);
      if (file === undefined) throw new Unbuildable(name, 'the bundler wrote nothing');
      const hash = createHash('sha256').update(file.contents).digest('hex').slice(0, 16);
      const inputs = Object.entries(outcome.metafile.outputs).find(([path]) => basename(path) === basename(file.path));
      const bytes = new Map(
        Object.entries(inputs?.[1].inputs ?? {}).map(([path, { bytesInOutput }]) => [resolve(path), bytesInOutput]),
      );
      const sources = [...bytes.keys()];
      return [name, { files: { [launchOf('typescript').main]: file.contents }, hash, sources, folders: [], bytes }];
    }),
  );
};

/** `uses` of the kit, and the modules as `module0`, `module1` and so on. */
function importsOf(root: string, application: Application, { name: unit, modules }: Unit, uses: string): string {
  const imports = modules.map((name, index) => {
    const source = own(application.modules, name)?.source;
    if (source === undefined) throw new Unbuildable(unit, `it has the unknown module "${name}"`);
    return `import { module as module${index} } from ${JSON.stringify(resolve(root, source))};`;
  });
  return `import { ${uses} } from ${JSON.stringify(resolve(root, application.kit))};\n${imports.join('\n')}\n`;
}

function entrySource(root: string, application: Application, unit: Unit): string {
  const table = unit.modules.map((name, index) => `${JSON.stringify(name)}: module${index}`).join(', ');
  return `${importsOf(root, application, unit, 'startUnit')}await startUnit({ ${table} });\n`;
}

/**
 * A program that writes the OpenAPI document of a unit's modules to its standard output and ends: what the unit would publish, but for the routes of an entry. A contract is the same in every
 * language, and TypeScript, which all modules are written in, is where it is described. Throws Unbuildable.
 */
export async function buildDescription(
  order: Pick<BuildOrder, 'applicationsDirectory' | 'application' | 'files'>,
  unit: Unit,
): Promise<Uint8Array> {
  const { application, files } = order;
  const root = rootOf(order);
  const modules = unit.modules.map((_name, index) => `module${index}`).join(', ');
  const title = JSON.stringify(`${application.name}: ${unit.name}`);
  const source = `${importsOf(root, application, unit, 'describeModules')}process.stdout.write(JSON.stringify(describeModules(${title}, [${modules}])));\n`;
  const entries = new Map([[unit.name, source]]);
  const outcome = await bundle(root, application, entries, { files, packages: 'bundled' }).catch((error: unknown) => {
    throw new Unbuildable(unit.name, firstWords(error));
  });
  const [file] = outcome.outputFiles;
  if (file === undefined) throw new Unbuildable(unit.name, 'the bundler wrote nothing');
  return file.contents;
}
