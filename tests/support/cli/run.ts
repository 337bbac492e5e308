import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..', '..', '..');

/** A person's folders: where results are kept, where the program works. `remove` deletes them. */
export interface Home {
  folder: string;
  data: string;
  remove(): void;
}

export function makeHome(): Home {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-cli-'));
  mkdirSync(path.join(folder, 'tmp'));
  return { folder, data: path.join(folder, 'data'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A command line that runs, and what it has written so far. */
export interface Running {
  child: ChildProcess;
  /** Everything written until now, both streams in the order they came. */
  text(): string;
  /** Waits until what was written matches; throws with all of it when the program ends first. */
  said(pattern: RegExp): Promise<void>;
  /** Tells every whole line from now on. The returned function ends that. */
  onSaid(listener: (line: string) => void): () => void;
  /** How it ended. */
  ended: Promise<{ code: number | null; stdout: string; stderr: string }>;
}

/** Starts `command` (the command line of this checkout if not given) as a person would in a shell, in a process group of its own. */
export function start(
  home: Home,
  parameters: readonly string[],
  options: { command?: string; environment?: Record<string, string> } = {},
): Running {
  const own = [path.join(repository, 'scripts', 'cleave.ts'), ...parameters];
  const child = spawn(options.command ?? process.execPath, options.command === undefined ? own : [...parameters], {
    cwd: repository,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      CLEAVE_DATA_DIR: home.data,
      TMPDIR: path.join(home.folder, 'tmp'),
      NO_COLOR: '1',
      ...options.environment,
    },
  });
  let [all, stdout, stderr] = ['', '', ''];
  const listeners = new Set<() => void>();
  const lines = new EventEmitter<{ line: [string] }>();
  const hear = (add: (text: string) => void) => (chunk: Buffer) => {
    add(chunk.toString());
    const begun = all.lastIndexOf('\n') + 1;
    all += chunk.toString();
    for (const listener of listeners) listener();
    for (const line of all.slice(begun).split('\n').slice(0, -1)) lines.emit('line', line);
  };
  child.stdout.on(
    'data',
    hear((text) => (stdout += text)),
  );
  child.stderr.on(
    'data',
    hear((text) => (stderr += text)),
  );
  const ended = new Promise<{ code: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code: code ?? shellCode(signal), stdout, stderr }));
  });
  return {
    child,
    text: () => all,
    ended,
    onSaid: (listener) => {
      lines.on('line', listener);
      return () => lines.off('line', listener);
    },
    said: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (!pattern.test(all)) return;
          listeners.delete(look);
          resolve();
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`it ended without saying ${String(pattern)}:\n${all}`)));
        look();
      }),
  };
}

/** What a shell says of a program that a signal ended: npm ends itself by the signal that its script was ended by. */
function shellCode(signal: NodeJS.Signals | null): number | null {
  return signal === null ? null : 128 + constants.signals[signal];
}

/** Runs the command line to its end. */
export function run(
  home: Home,
  parameters: readonly string[],
  environment: Record<string, string> = {},
): Running['ended'] {
  return start(home, parameters, { environment }).ended;
}
