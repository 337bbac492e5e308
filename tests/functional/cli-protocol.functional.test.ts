import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runHere } from '../support/cli/run-here.ts';
import { makeHome } from '../support/cli/run.ts';
import { shareGoCache } from '../support/go-cache.ts';
import { describeLanguages } from '../support/languages.ts';

const home = makeHome();
shareGoCache(path.join(home.data, 'work'));
afterAll(() => home.remove());

const check = (...parameters: string[]) => runHere(home, ['protocol', 'check', ...parameters]);

it('a module that is a unit: a line for each requirement and exit code 0', async () => {
  const { code, stdout, stderr } = await check('--module', 'recommendations', '--only', 'starts,identity,guard');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.split('\n')).toEqual([
    'ok      starts',
    expect.stringMatching(/^ok {6}identity \(v\d+\./) as string,
    '-       guard: not asked: programs of this language are guarded by the runtime that starts them',
    'recommendations in TypeScript is a unit: 2 requirements met, 1 not asked.',
    '',
  ]);
});

it('or one JSON object', async () => {
  const { code, stdout } = await check('--module', 'catalog', '--only', 'health-live', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    ...{ module: 'catalog', language: 'typescript', passed: 1, failed: 0 },
    requirements: [{ name: 'health-live', outcome: 'passed' }],
  });
});

it.each([
  ['an unknown module', ['--module', 'nobody'], /^cleave: --module: unknown module "nobody" of "shop"; allowed: /],
  [
    'a language in which it is not written',
    ['--module', 'cart', '--language', 'go'],
    /^cleave: --language: "cart" is not written in Go; allowed: typescript\n$/,
  ],
  [
    'an unknown requirement',
    ['--module', 'cart', '--only', 'x'],
    /^cleave: --only: unknown requirement "x"; allowed: /,
  ],
])('%s is refused in one sentence', async (_what, parameters, refusal) => {
  const { code, stdout, stderr } = await check(...parameters);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(refusal);
});

await describeLanguages('a module in another language', () => {
  it.for(['go', 'python'])('%s is built, and held against the one in TypeScript', async (language) => {
    const { code, stdout, stderr } = await check(
      ...['--module', 'recommendations', '--language', language, '--only', 'starts,same-answers', '--json'],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ language, passed: 2, failed: 0, notAsked: 0 },
      requirements: [{ name: 'starts' }, { found: '1000 requests, all with the same answer' }],
    });
  });
});
