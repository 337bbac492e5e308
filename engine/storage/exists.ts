import { access } from 'node:fs/promises';

/** Whether there is something of that name that can be reached. */
export async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
