import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { makeFolderSync } from '../../engine/files/index.ts';

const maximumBytes = 1_000_000;
const keptFiles = 4;

export type LogLevel = 'info' | 'warning' | 'error';
export type Log = (level: LogLevel, text: string) => void;

/**
 * Opens `main.log` in `folder`; at 1 MB it becomes `main.1.log` and so on, four are kept.
 * A log that cannot be written never stops the program.
 */
export function openLog(folder: string, nowMs: () => number = Date.now): Log {
  const file = path.join(folder, 'main.log');
  return (level, text) => {
    try {
      makeFolderSync(folder);
      if (sizeOf(file) > maximumBytes) rotate(folder);
      appendFileSync(file, `${new Date(nowMs()).toISOString()} ${level} ${text.replaceAll('\n', '\n  ')}\n`);
    } catch {
      // Nowhere to say it.
    }
  };
}

function rotate(folder: string): void {
  rmSync(path.join(folder, `main.${keptFiles - 1}.log`), { force: true });
  for (let index = keptFiles - 2; index >= 0; index -= 1) {
    const from = path.join(folder, index === 0 ? 'main.log' : `main.${index}.log`);
    if (sizeOf(from) >= 0) renameSync(from, path.join(folder, `main.${index + 1}.log`));
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? -1;
}
