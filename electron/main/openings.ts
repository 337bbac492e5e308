import path from 'node:path';
import { app } from 'electron';
import { findOpening, parseFile, parseLink, type Opening } from './deep-link.ts';

/** Registers `cleave://` and calls back for links and files given to this program or to a second start of it. */
export function listenForOpenings(open: (opening: Opening) => void): void {
  if (app.isPackaged) app.setAsDefaultProtocolClient('cleave');
  app.on('open-url', (event, url) => {
    event.preventDefault();
    take(parseLink(url));
  });
  app.on('open-file', (event, file) => {
    event.preventDefault();
    take(parseFile(file, path.sep));
  });
  app.on('second-instance', (_event, args, workingDirectory) => take(findOpening(args.slice(1), workingDirectory)));
  take(findOpening(process.argv.slice(1), process.cwd()));

  function take(opening: Opening | null): void {
    if (opening !== null) open(opening);
  }
}
