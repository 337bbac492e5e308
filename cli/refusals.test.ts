import { afterEach, expect, it, vi } from 'vitest';
import { runCli } from './program.ts';

afterEach(() => vi.restoreAllMocks());

it.each([
  [['bad\u009b\u202e\u001b[2J']],
  [['compare', '--bad\u009b\u202e']],
  [['compare', '--rate', '1\r\u009b']],
  [['compare', '--preset', 'x\rover']],
  [['report', 'no\rover.json']],
])('what is refused is told without what would act on a terminal: %j', async (words) => {
  const written: string[] = [];
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      written.push(String(text));
      return true;
    });
  expect(await runCli(['node', 'cleave', ...words])).not.toBe(0);
  vi.restoreAllMocks();
  expect(written.join('')).toMatch(/^cleave: /);
  expect(written.join('')).not.toMatch(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
});
