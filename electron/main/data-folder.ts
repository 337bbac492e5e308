import { accessSync, constants, mkdirSync } from 'node:fs';
import { Problem } from '../host-protocol/index.ts';

/** Makes the folder if it is missing. Throws a Problem when results could not be kept in it. */
export function assertUsable(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Problem(
      'not-writable',
      `Cleave may not write into the data folder ${folder}.`,
      'Choose another data folder in Settings.',
      { cause: error },
    );
  }
}
