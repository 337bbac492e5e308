import { join } from 'node:path';
import type { Unit } from '../../model/index.ts';
import { withCopy } from '../copy.ts';
import { launchOf } from '../launch.ts';
import { fencesInWords, fencesOf, kitFolderOf, moduleFolder } from '../place.ts';
import { firstWords, oneByOne, type Builder, type BuildOrder, type Program } from '../program.ts';
import { run } from '../run.ts';
import { hashOfFiles, readTree, type SourceTree } from '../source-tree.ts';
import { findPython } from './interpreter.ts';

const limitMs = 30_000;

/** Reads every program below a folder as the interpreter would, without running any, and says where the first one cannot be read. */
const CHECK = `import os, sys
folder = sys.argv[1]
for place, folders, names in os.walk(folder):
    folders.sort()
    for name in sorted(names):
        if not name.endswith('.py'): continue
        path = os.path.join(place, name)
        told = os.path.relpath(path, folder).replace(os.sep, '/')
        try:
            with open(path, 'rb') as file: compile(file.read(), told, 'exec', dont_inherit=True)
        except SyntaxError as error: sys.exit(f'{error.filename}:{error.lineno}: {error.msg}')
        except ValueError as error: sys.exit(f'{told}: {error}')
`;

/** Puts the program of each unit together: the module's files with the packages of the kit beside them, as they are. Where an interpreter is here it reads them once. */
export const buildPython: Builder = (order) => oneByOne(order, (unit) => programOf(order, unit));

async function programOf(order: BuildOrder, unit: Unit): Promise<Program> {
  const { folder } = moduleFolder(order, unit, 'python');
  const fences = await fencesOf(order, 'python');
  const read = (place: string): Promise<SourceTree> =>
    readTree(place, { fences, fencesInWords, edits: order.files, isTaken: isOfProgram });
  const kit = await read(kitFolderOf(order.applicationsDirectory, order.application, 'python'));
  const trees = [await read(folder), kit];
  const files = new Map<string, Uint8Array>();
  const bytes = new Map<string, number>();
  for (const tree of trees)
    for (const [path, contents] of tree.files) {
      // Of the kit's folder only its packages: what else lies there is about them.
      if (tree === kit && !path.includes('/')) continue;
      if (files.has(path)) throw new Error(`${path} is in the module's folder and in the kit's`);
      files.set(path, contents);
      bytes.set(join(tree.folder, path), contents.byteLength);
    }
  const { main } = launchOf('python');
  if (!files.has(main)) throw new Error(`there is no ${main} in ${folder}`);
  if (order.packages === 'bundled') await check(order, files);
  return {
    files: Object.fromEntries(files),
    hash: hashOfFiles([...files].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    sources: [...bytes.keys()],
    folders: trees.map((tree) => tree.folder),
    bytes,
  };
}

const isOfProgram = (name: string): boolean =>
  !name.startsWith('.') && name !== '__pycache__' && name !== 'tests' && !/^test_.*\.py$|_test\.py$|\.pyc$/.test(name);

async function check({ workDirectory, signal }: BuildOrder, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const python = await findPython();
  // In a container another one runs them.
  if (python === null) return;
  await withCopy(join(workDirectory, 'python'), files, async (copy) => {
    const { PATH, SYSTEMROOT } = process.env;
    const { code, stderr } = await run(python.path, ['-I', '-c', CHECK, copy], {
      ...{ folder: copy, environment: { PATH, SYSTEMROOT }, limitMs, signal },
    });
    if (code !== 0) throw new Error(firstWords(stderr.trim() === '' ? 'the interpreter gave no reason' : stderr));
  });
}
