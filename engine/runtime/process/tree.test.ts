import { spawn } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { descendantsOf, parseShare, parseStat, shareOf } from './tree.ts';

it('reads /proc, whatever the program’s name, and counts what ended children used', () => {
  const stat = '42 (post (x) gres) S 7 42 42 0 -1 4194304 100 0 0 0 150 50 25 75 20 0 1 0 123456 1000 2000';
  expect(parseStat(stat)).toEqual({ pid: 42, parent: 7, cpuSeconds: 3 });
  expect(parseStat(stat.replace(' S ', ' Z '))).toBeNull();
});

it('reads the share of memory that is a process’s own', () => {
  expect(parseShare('00400000-7ffd [rollup]\nRss:   4096 kB\nPss:   1024 kB\nPss_Dirty: 3 kB\n')).toBe(2 ** 20);
  expect(parseShare('')).toBeNull();
});

it('counts no memory of a process that ended meanwhile, and does not know that of one which it may not read', async () => {
  expect(await shareOf('/proc/none/smaps_rollup')).toBe(0);
  expect(await shareOf(import.meta.dirname)).toBeNull();
});

it.skipIf(process.platform !== 'linux')('finds what a process started, also in a session of its own', async () => {
  const parent = spawn(process.execPath, [
    '-e',
    `const { spawn } = require('node:child_process');
     const child = spawn('sleep', ['60'], { detached: true, stdio: 'ignore' });
     child.once('spawn', () => console.log(child.pid));`,
  ]);
  onTestFinished(() => void parent.kill('SIGKILL'));
  const child = await new Promise<number>((resolve) => {
    parent.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
  });
  onTestFinished(() => void process.kill(child, 'SIGKILL'));
  expect(await descendantsOf(parent.pid ?? 0)).toEqual([child]);
});
