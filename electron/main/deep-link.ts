import path from 'node:path';

/** Something to open, given from outside: a link, or a file of ours. */
export type Opening =
  | { kind: 'result'; id: string }
  | { kind: 'experiment-file'; path: string }
  | { kind: 'result-file'; path: string };

const resultLink = /^cleave:\/\/result\/([a-z0-9-]{1,80})\/?$/;

/** Reads `cleave://result/<id>`; null for anything else. Pure. */
export function parseLink(url: string): Opening | null {
  const id = resultLink.exec(url)?.[1];
  return id === undefined ? null : { kind: 'result', id };
}

/** What a file name asks for, by its extension; null when it is not ours. Pure. */
export function parseFile(file: string, workingDirectory: string): Opening | null {
  const absolute = path.resolve(workingDirectory, file);
  switch (path.extname(file).toLowerCase()) {
    case '.cleave':
      return { kind: 'experiment-file', path: absolute };
    case '.cleave-result':
      return { kind: 'result-file', path: absolute };
    default:
      return null;
  }
}

/** The first thing on a command line that can be opened. Pure. */
export function findOpening(args: readonly string[], workingDirectory: string): Opening | null {
  for (const arg of args) {
    if (arg.startsWith('-')) continue;
    const found = arg.includes('://') ? parseLink(arg) : parseFile(arg, workingDirectory);
    if (found !== null) return found;
  }
  return null;
}
