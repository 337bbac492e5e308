import path from 'node:path';
import { problemData, type OpenedFile } from '../host-protocol/index.ts';
import type { Opening } from './deep-link.ts';

export interface OpenFilesOptions {
  read: (file: string) => Promise<OpenedFile>;
  /** Takes the window to what was opened. */
  show: (command: 'open-result' | 'open-experiment', name: string) => void;
  /** Says which files were refused and why. */
  refuse: (refusals: { name: string; why: string }[]) => void;
  /** Remembers a file that was opened. */
  remember: (file: string) => void;
}

/** Opens everything that was asked for, one after another, and shows the last; what is refused is said once, for all of them together. */
export function openFiles(options: OpenFilesOptions): (openings: readonly Opening[]) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  const open = async (openings: readonly Opening[]) => {
    const refusals: { name: string; why: string }[] = [];
    let shown: (() => void) | null = null;
    for (const opening of openings) {
      if (opening.kind === 'result') {
        shown = () => options.show('open-result', opening.id);
        continue;
      }
      try {
        const opened = await options.read(opening.path);
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
