import path from 'node:path';
import { inTime } from '../../engine/files/index.ts';
import { Problem, problemData, type OpenedFile } from '../host-protocol/index.ts';
import type { Opening } from './deep-link.ts';

export interface OpenFilesOptions {
  read: (file: string) => Promise<OpenedFile>;
  /** Ends a `read` that did not end within `limitMs` (60 s), and what it holds. */
  giveUp: () => void;
  limitMs?: number;
  /** Takes the window to what was opened. */
  show: (command: 'open-result' | 'open-experiment', name: string) => void;
  /** Says which files were refused and why. */
  refuse: (refusals: { name: string; why: string }[]) => void;
  /** Remembers a file that was opened. */
  remember: (file: string) => void;
}

/** A large result on a busy machine takes some seconds, ms. */
const LIMIT_MS = 60_000;

/** Opens everything that was asked for, one after another, and shows the last; what is refused is said once, for all of them together. */
export function openFiles(options: OpenFilesOptions): (openings: readonly Opening[]) => Promise<void> {
  const { limitMs = LIMIT_MS } = options;
  let last: Promise<unknown> = Promise.resolve();
  /** One file that never comes would hold up all that are opened after it. */
  const readInTime = async (file: string): Promise<OpenedFile> => {
    try {
      return await inTime(options.read(file), limitMs);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ETIMEDOUT')) throw error;
      options.giveUp();
      throw new Problem(
        'no-answer',
        `It was not read within ${limitMs / 1000} s.`,
        'See whether the disk or the network folder that it is on is there, and try again.',
        { cause: error },
      );
    }
  };
  const open = async (openings: readonly Opening[]) => {
    const refusals: { name: string; why: string }[] = [];
    let shown: (() => void) | null = null;
    for (const opening of openings) {
      if (opening.kind === 'result') {
        shown = () => options.show('open-result', opening.id);
        continue;
      }
      try {
        const opened = await readInTime(opening.path);
        options.remember(opening.path);
        shown = () =>
          opened.kind === 'result'
            ? options.show('open-result', opened.summary.id)
            : options.show('open-experiment', opened.experiment.name);
      } catch (error) {
        const { message, nextStep } = problemData(error);
        refusals.push({ name: path.basename(opening.path), why: [message, nextStep ?? ''].join(' ').trim() });
      }
    }
    shown?.();
    if (refusals.length > 0) options.refuse(refusals);
  };
  return (openings) => {
    const next = last.then(() => open(openings));
    last = next.catch(() => undefined);
    return next;
  };
}
