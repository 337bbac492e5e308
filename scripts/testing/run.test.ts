import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';

const sleeper = `setInterval(() => {}, 1000)`;
const tool = `
  const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(sleeper)}], { stdio: 'inherit' });
  console.log(JSON.stringify([process.pid, pid]));
  ${sleeper};
`;
const runner = `
  const { runTool } = await import(${JSON.stringify(new URL('./run.ts', import.meta.url).href)});
  const code = await runTool(process.execPath, ['-e', ${JSON.stringify(tool)}]);
  const after = await runTool(process.execPath, ['-e', '0']);
  console.log(JSON.stringify({ closed: true, failed: code !== 0, after }));
`;

it.skipIf(process.platform === 'win32').each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
  'what is asked to end by %s ends its tool with all it has started, takes its things away, and begins nothing more',
  async (signal) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', runner], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    expect(JSON.parse(String((await lines.next()).value))).toHaveLength(2);
    const ended = once(child, 'exit');
    child.kill(signal);
    expect(JSON.parse(String((await lines.next()).value))).toEqual({ closed: true, failed: true, after: 1 });
    expect(await ended).toEqual([0, null]);
    // All three write to the same pipe, which ends with the last of them.
    expect(await lines.next()).toMatchObject({ done: true });
  },
);
