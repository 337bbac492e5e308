import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'cleave-signals-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it.each([['stdout'], ['stdout', 'stderr']] as const)(
  'a run is cleaned up where nobody reads %s %s any more',
  async (...closed) => {
    const cleaned = path.join(folder, 'cleaned');
    const program = `
      import { writeFileSync } from 'node:fs';
      import { interruptWithoutReader, withCancel } from ${JSON.stringify(pathToFileURL(path.join(import.meta.dirname, 'signals.ts')).href)};
      interruptWithoutReader();
      const telling = setInterval(() => process.stdout.write('progress '.repeat(1000)), 1);
      await withCancel((signal) => new Promise((resolve) => signal.addEventListener('abort', resolve)));
      clearInterval(telling);
      writeFileSync(${JSON.stringify(cleaned)}, '');
    `;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of closed) child[stream].destroy();
    await once(child, 'exit');
    expect(existsSync(cleaned)).toBe(true);
  },
);
