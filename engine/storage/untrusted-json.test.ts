import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isAnyQuestionStuck } from '../files/index.ts';
import { parseUntrusted, parseUntrustedYaml, readBounded } from './untrusted-json.ts';

test('a field named __proto__ is refused, however it is spelt, and not dropped', () => {
  for (const text of ['{"a":{"__proto__":1}}', '{"a":{"\\u005f_proto__":1}}', '{"a":{"__PROTO__":1,"__proto__":2}}'])
    expect(() => parseUntrusted(text, 'x.json')).toThrow(
      'x.json has a field "a.__proto__": nothing can be named __proto__.',
    );
  for (const text of ['{"a":"__proto__"}', '{"a":{"constructor":1,"proto__":2}}', '"\\u0041"'])
    expect(parseUntrusted(text, 'x.json')).toEqual(JSON.parse(text));
});

test('YAML is read within the same bounds', () => {
  expect(parseUntrustedYaml('a: [1, x]\nb: true\n', 'x.yaml')).toEqual({ a: [1, 'x'], b: true });
  const bomb = ['a0: &a0 [x]', ...Array.from({ length: 20 }, (_, at) => `a${at + 1}: &a${at + 1} [*a${at}, *a${at}]`)];
  for (const [text, says] of [
    ['a: [', /^x\.yaml is not YAML: /],
    ['a: 1\na: 2', /^x\.yaml is not YAML: /],
    [bomb.join('\n'), /^x\.yaml is not YAML: /],
    ['['.repeat(100_000), /^x\.yaml is (not YAML|nested)/],
    [`${'['.repeat(70)}${']'.repeat(70)}`, /nested deeper/],
    ['__proto__: 1', /^x\.yaml: .*nothing can be named __proto__/],
    ['a: !!js/function "x"', /^x\.yaml is not YAML: /],
    ['a: !unknown x', /^x\.yaml is not YAML: /],
    ['{a: 1}: 2', /^x\.yaml is not YAML: a name must be text/],
    ['? [a, b]\n: 2', /^x\.yaml is not YAML: a name must be text/],
  ] as const) {
    expect(() => parseUntrustedYaml(text, 'x.yaml')).toThrow(says);
  }
});

test.each(['read', 'stat'] as const)(
  'a file that was opened and then gives no answer (%s) is given up',
  async (way) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-read-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = path.join(folder, 'x.json');
    await writeFile(file, '{}');
    const handle = await open(file);
    const methods: unknown = Object.getPrototypeOf(handle);
    await handle.close();
    let answer = (): void => {};
    const never = new Promise<void>((resolve) => {
      answer = resolve;
    });
    let ask = (): void => {};
    const asked = new Promise<void>((resolve) => {
      ask = resolve;
    });
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the class of handles has no name to import
    vi.spyOn(methods as Record<typeof way, () => Promise<void>>, way).mockImplementation(() => {
      ask();
      return never;
    });
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] });
    onTestFinished(() => void vi.useRealTimers().restoreAllMocks());
    const refused = expect(readBounded(file, 1000)).rejects.toMatchObject({
      name: 'StorageError',
      message: expect.stringMatching(
        /^x\.json could not be read: the file system gave no answer within \d+ s\.$/,
      ) as unknown,
    });
    await asked;
    await vi.advanceTimersByTimeAsync(20_000);
    await refused;
    expect(isAnyQuestionStuck()).toBe(true);
    vi.useRealTimers();
    answer();
    await expect.poll(isAnyQuestionStuck).toBe(false);
  },
);

test('a file is read to its end and not beyond what may be read', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-read-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'x.json');
  for (const length of [0, 1, 600_000]) {
    await writeFile(file, 'x'.repeat(length));
    expect(await readBounded(file, length)).toHaveLength(length);
  }
  await expect(readBounded(file, 599_999)).rejects.toMatchObject({ code: 'too-large' });
});
