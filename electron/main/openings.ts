import path from 'node:path';
import { app } from 'electron';
import { findOpenings, parseOpening, type Opening } from './deep-link.ts';

/** Links and files given to this program or to a second start of it. */
export interface Openings {
  /** Hands over what has come so far, and what comes from now on. */
  follow(open: (openings: Opening[]) => void): void;
}

/** Begins to collect at once: macOS tells of a file that the program is started for before it is ready. */
export function collectOpenings(): Openings {
  let waiting: Opening[] = [];
  let open: ((openings: Opening[]) => void) | null = null;
  const take = (openings: Opening[]) => {
    if (openings.length === 0) return;
    if (open === null) waiting = [...waiting, ...openings];
    else open(openings);
  };
  if (app.isPackaged) app.setAsDefaultProtocolClient('cleave');
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take(findOpenings(['--', url], path.sep));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    // Whatever the person opened with this program; what it is shows when it is read.
    take([parseOpening(file, path.sep) ?? { kind: 'file', path: path.resolve(file) }]);
  });
  app.on('second-instance', (_event, args, workingDirectory) => take(findOpenings(args.slice(1), workingDirectory)));
  take(findOpenings(process.argv.slice(1), process.cwd()));
  return {
    follow: (next) => {
      open = next;
      take(waiting.splice(0));
    },
  };
}
