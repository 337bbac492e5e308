import { readFile, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { applyPatch, parsePatch, type StructuredPatch } from 'diff';
import { own, type Application } from '../model/index.ts';
import { ownerOfFiles } from './own-files.ts';

/** A change cannot be made to the sources as they are; one sentence that names the change and what is wrong. */
export class ChangeError extends Error {
  override name = 'ChangeError';
}

/** Sources as they are after changes. */
export interface Edit {
  /** Text of each changed file, by absolute path. */
  files: ReadonlyMap<string, string>;
  /** The modules whose own files are among them, in the manifest's order, and which files those are. */
  modules: ReadonlyMap<string, readonly string[]>;
}

const mostBytes = 1_000_000;

/** No change at all. */
export const noEdit: Edit = { files: new Map(), modules: new Map() };

/** The names of a change and of all that must be live before it, in that order. Throws ChangeError for an unknown one. */
export function changesUpTo(application: Application, name: string): string[] {
  const { changes = {} } = application;
  const change = own(changes, name);
  if (change === undefined)
    throw new ChangeError(
      `unknown change "${name}" of "${application.name}"; allowed: ${Object.keys(changes).join(', ') || 'none'}`,
    );
  return [...(change.after === undefined ? [] : changesUpTo(application, change.after)), name];
}

/** Makes changes to a copy of the sources, in memory, one after another. Throws ChangeError where a patch cannot be read, leads out of the application, or does not apply. */
export async function editSources(
  applicationsDirectory: string,
  application: Application,
  names: readonly string[],
): Promise<Edit> {
  const root = join(applicationsDirectory, application.name);
  const files = new Map<string, string>();
  for (const name of names) {
    const change = own(application.changes ?? {}, name);
    if (change === undefined) throw new ChangeError(`unknown change "${name}" of "${application.name}"`);
    for (const patch of await patchesOf(name, join(root, change.patch))) {
      const file = pathOf(name, patch, root);
      const before = files.get(file) ?? (patch.oldFileName === '/dev/null' ? '' : await textOf(name, file, root));
      const after = applyPatch(before, patch, { fuzzFactor: 0 });
      if (after === false)
        throw new ChangeError(
          `change "${name}" does not apply to ${relative(root, file)}: the source is not as the patch expects it`,
        );
      files.set(file, after);
    }
  }
  const ownerOf = ownerOfFiles(applicationsDirectory, application);
  const modules = Object.keys(application.modules)
    .map((name) => [name, [...files.keys()].filter((edited) => ownerOf(edited) === name)] as const)
    .filter(([, edited]) => edited.length > 0);
  return { files, modules: new Map(modules) };
}

/** The modules whose own files are not in both as they are in one. Pure. */
export function modulesBetween(before: Edit, after: Edit): string[] {
  const all = new Map([...after.modules, ...before.modules]);
  return [...all.keys()].filter((module) => {
    const files = [...(before.modules.get(module) ?? []), ...(after.modules.get(module) ?? [])];
    return files.some((file) => before.files.get(file) !== after.files.get(file));
  });
}

async function patchesOf(name: string, path: string): Promise<StructuredPatch[]> {
  const text = await readText(path).catch((error: unknown) => {
    throw new ChangeError(`change "${name}": its patch cannot be read: ${reason(error)}`);
  });
  let patches: StructuredPatch[];
  try {
    patches = parsePatch(text).filter(({ hunks }) => hunks.length > 0);
  } catch (error) {
    throw new ChangeError(`change "${name}": its patch is no unified diff: ${reason(error)}`);
  }
  if (patches.length === 0) throw new ChangeError(`change "${name}": its patch changes nothing`);
  return patches;
}

/** Only files of the application may be changed, and none may be taken away: what is no longer imported is in no bundle anyway. */
function pathOf(name: string, { oldFileName, newFileName }: StructuredPatch, root: string): string {
  const named = newFileName ?? oldFileName ?? '';
  if (named === '/dev/null')
    throw new ChangeError(`change "${name}" deletes ${oldFileName}; allowed: edits and new files`);
  const file = resolve(root, named.replace(/^[ab]\//, ''));
  if (!file.startsWith(root + sep))
    throw new ChangeError(`change "${name}" edits ${named}, which is not a file of the application`);
  return file;
}

function textOf(name: string, file: string, root: string): Promise<string> {
  return readText(file).catch((error: unknown) => {
    throw new ChangeError(`change "${name}" edits ${relative(root, file)}, which cannot be read: ${reason(error)}`);
  });
}

/** What is no file is not opened: a pipe may never answer, a device never end. */
async function readText(path: string): Promise<string> {
  const facts = await stat(path);
  if (!facts.isFile()) throw new Error('it is no file');
  if (facts.size > mostBytes) throw new Error('it is larger than 1 MB');
  return readFile(path, 'utf8');
}

/** Without the path that the system adds, which says where things lie on this machine. */
const reason = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/, \w+ '.*'$/s, '');
