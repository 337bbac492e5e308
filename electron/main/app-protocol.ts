import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security.ts';

export const appOrigin = 'app://cleave';
export const appUrl = `${appOrigin}/index.html`;

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
};

/** Makes `app://` a standard, secure scheme. Must be called before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Chromium's number for a file that is not there. */
const fileNotFound = -6;

/** Serves the built window from `folder`, and nothing outside it. */
export function serveApp(folder: string): void {
  // Chromium reads the file itself. By `protocol.handle` it would come through a Response, whose first use loads 50 ms of Node before there is a window, and then piece by piece through
  // JavaScript: a start 0.15 to 0.2 times that of a bare window longer. `registerSource` is to take the place of this, and has no way to send the policy along yet.
  protocol.registerFileProtocol('app', ({ method, url }, answer) => {
    const file = fileOf(folder, url);
    const type = file === null ? undefined : types[path.extname(file)];
    if (method !== 'GET' || file === null || type === undefined) answer({ error: fileNotFound });
    else answer({ path: file, headers: headersOf(type) });
  });
}

/** The file below `folder` that a URL names; null for another host or a way out. Pure. */
export function fileOf(folder: string, url: string): string | null {
  let parsed: URL;
  let name: string;
  try {
    parsed = new URL(url);
    name = decodeURIComponent(parsed.pathname);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'app:' || parsed.host !== 'cleave' || name.includes('\0') || name.includes('\\')) return null;
  const file = path.join(folder, name === '/' ? 'index.html' : name);
  return file.startsWith(folder + path.sep) ? file : null;
}

function headersOf(type: string): Record<string, string> {
  return {
    'content-type': type,
    'content-security-policy': contentSecurityPolicy(),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
  };
}
