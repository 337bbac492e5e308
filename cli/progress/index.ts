import { allPrintable, type LabEvent } from '../../engine/model/index.ts';
import { liveProgress } from './live.ts';
import { plainProgress } from './plain.ts';

/** Draws a run while it goes on. */
export interface Progress {
  onEvent: (event: LabEvent) => void;
  /** Leaves the last state on the screen. */
  end(): void;
}

/** A live view in a terminal, plain lines otherwise. */
export function showProgress(stream: NodeJS.WriteStream): Progress {
  const progress = stream.isTTY ? liveProgress(stream) : plainProgress((line) => stream.write(`${line}\n`));
  // What units and engines say must not act on the terminal.
  return { ...progress, onEvent: (event) => progress.onEvent(allPrintable(event)) };
}
