import { realpath } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import type { Application } from '../../model/index.ts';

/** A module is code that anybody may have written: what it imports would be in its image, from where its entry could send it on. Links are followed to where they lead. */
export async function assertInside(root: string, application: Application, inputs: readonly string[]): Promise<void> {
  const real = (place: string): Promise<string> => realpath(place).catch(() => resolve(place));
  const [applications, kit] = await Promise.all([dirname(root), dirname(resolve(root, application.kit))].map(real));
  const realRoot = await real(root);
  const folders = [realRoot, ...(await Promise.all([...packageFolders(root), ...packageFolders(realRoot)].map(real)))];
  const isIn = (folder: string | undefined, file: string): boolean => file.startsWith(`${folder}${sep}`);
  // A kit is shared by applications, and no way to any other folder.
  if (kit !== undefined && isIn(applications, `${kit}${sep}`)) folders.push(kit);
  for (const input of inputs) {
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
