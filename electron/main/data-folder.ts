import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { inTime, makeFolder } from '../../engine/files/index.ts';
import { Problem } from '../host-protocol/index.ts';

/** Makes the folder if it is missing. Throws a Problem when results could not be kept in it; within 2 s, whatever lies there. */
export async function assertUsable(folder: string): Promise<void> {
  try {
    await makeFolder(folder);
    await inTime(access(folder, constants.R_OK | constants.W_OK | constants.X_OK));
  } catch (error) {
    throw new Problem(
      'not-writable',
      `Cleave may not write into the data folder ${folder}.`,
      'Choose another data folder in Settings.',
      { cause: error },
    );
  }
}
