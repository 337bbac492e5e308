import path from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy } from './content-security.ts';

export const appOrigin = 'app://cleave';
export const appUrl = `${appOrigin}/index.html`;

/** What the built page is made of; Chromium names their types. */
const served: ReadonlySet<string> = new Set(['.html', '.js', '.css', '.json', '.svg', '.png', '.woff2', '.woff']);

/** Makes `app://` a standard, secure scheme. Must be called before `app` is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

const policies: Record<string, string> = {
  'content-security-policy': contentSecurityPolicy(),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** Chromium's number for a file that is not there. */
const fileNotFound = -6;

/** Serves the built window from `folder`, and nothing outside it. */
export function serveApp(folder: string): void {
  // Chromium reads the file itself. By `protocol.handle` it would come through a Response, whose first use loads 20 ms of Node (50 on a busy machine) before there is a window,
  // and then piece by piece through JavaScript. `registerSource` is to take the place of this, but cannot send the policies along yet.
  protocol.registerFileProtocol('app', ({ method, url }, answer) => {
    const file = fileOf(folder, url);
    if (method !== 'GET' || file === null || !served.has(path.extname(file))) answer({ error: fileNotFound });
    else answer({ path: file, headers: policies });
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
