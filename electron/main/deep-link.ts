import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** Something to open, given from outside: a link, or a file that may be ours. */
export type Opening = { kind: 'result'; id: string } | { kind: 'file'; path: string };

const resultLink = /^cleave:\/\/result\/([a-z0-9-]{1,80})\/?$/;
const scheme = /^([a-z][a-z0-9+.-]+):/i;
const extensions = new Set(['.cleave', '.cleave-result', '.json', '.yaml', '.yml']);

/** Reads `cleave://result/<id>`, whose scheme and host any desktop may write in any case; null for anything else. Pure. */
export function parseLink(url: string): Opening | null {
  const id = resultLink.exec(url.replace(/^[^:]*:\/\/[^/]*/, (start) => start.toLowerCase()))?.[1];
  return id === undefined ? null : { kind: 'result', id };
}

/** What a file name asks for, by its extension; null when it is none of ours. Pure. */
export function parseFile(file: string, workingDirectory: string): Opening | null {
  if (file.includes('\0') || !extensions.has(path.extname(file).toLowerCase())) return null;
  return { kind: 'file', path: path.resolve(workingDirectory, file) };
}

/** What one argument asks for: a link, a `file:` URL as desktops write them (percent-escaped), or a path. Pure. */
export function parseOpening(text: string, workingDirectory: string): Opening | null {
  const [start, name] = scheme.exec(text) ?? [];
  switch (name?.toLowerCase()) {
    case undefined:
      return parseFile(text, workingDirectory);
    case 'cleave':
      return parseLink(text);
    case 'file':
      return parseFileUrl(text);
    default:
      // A colon may be part of a file's name.
      return text.startsWith('//', start?.length) ? null : parseFile(text, workingDirectory);
  }
}

function parseFileUrl(url: string): Opening | null {
  try {
    return parseFile(fileURLToPath(url), path.sep);
  } catch {
    // Another machine's, or escapes that make no path.
    return null;
  }
}

/** Everything on a command line that can be opened, in order; behind `--` nothing is an option. Pure. */
export function findOpenings(args: readonly string[], workingDirectory: string): Opening[] {
  const end = args.indexOf('--');
  const names = args.filter((arg, index) => (end >= 0 && index > end) || !arg.startsWith('-'));
  return names.flatMap((name) => parseOpening(name, workingDirectory) ?? []);
}
