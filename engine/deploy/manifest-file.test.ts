import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { loadApplication, ManifestError, parseApplication } from './manifest.ts';
import { manifest, sound, spoil } from './testing/small-manifest.ts';

test('whatever the order of its parts, a sound manifest is taken', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(Object.entries(sound()), { minLength: Object.keys(sound()).length }), (entries) => {
      expect(parseApplication(stringify(Object.fromEntries(entries)), 'tiny').name).toBe('tiny');
    }),
  );
});

test.each([
  [
    'an alias that contains itself',
    (text: string) => text.replace('expect: {}', 'expect: {}\n        body: &b { a: *b }'),
  ],
  ['brackets without end', (text: string) => `${text}x: ${'['.repeat(5000)}`],
  ['the same name twice', (text: string) => `${text}name: again\n`],
])('%s is refused in one line', (_what, spoilt) => {
  const read = () => parseApplication(spoilt(manifest()), 'tiny');
  expect(read).toThrow(ManifestError);
  expect(read).toThrow(/^.*$/);
});

describe('a manifest in its folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'cleave-manifest-'));
    for (const name of ['tiny', 'other', 'kit']) await mkdir(path.join(folder, name));
    await writeFile(path.join(folder, 'kit', 'index.ts'), '');
    await writeFile(path.join(folder, 'tiny', 'front.ts'), '');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const load = async (name: string, text: string) => {
    await writeFile(path.join(folder, name, 'application.yaml'), text);
    return loadApplication(folder, name);
  };

  test('names sources that are there', async () => {
    await expect(load('tiny', manifest())).rejects.toThrow(
      'field "modules.back.source": there is no file "./back.ts" from the manifest',
    );
    await expect(
      load(
        'tiny',
        manifest((parts) => (parts.kit = './kit.ts')),
      ),
    ).rejects.toThrow(/field "kit": there is no/);
    await expect(
      load(
        'tiny',
        manifest((parts) => (parts.kit = '/kit.ts')),
      ),
    ).rejects.toThrow(/field "kit": must be rel/);
    await writeFile(path.join(folder, 'tiny', 'back.ts'), '');
    await expect(
      load(
        'tiny',
        manifest((parts) => (parts.modules.back = { ...parts.modules.back, examples: './back.yaml' })),
      ),
    ).rejects.toThrow('field "modules.back.examples": there is no file "./back.yaml" from the manifest');
    await expect(
      load(
        'tiny',
        manifest((parts) => (parts.modules.front['languages'] = { go: './front.ts' })),
      ),
    ).rejects.toThrow('field "modules.front.languages.go": there is no folder "./front.ts" from the manifest');
    expect((await load('tiny', manifest())).name).toBe('tiny');
  });

  test('is called as its folder is, or it would not be found again', async () => {
    await expect(load('other', manifest())).rejects.toThrow('field "name": must be "other", the name of its folder');
  });
});

test.each(['!evil shop', '!!js/function shop', '!evil shop # \u009b31m \u202e \u001b[2J'])(
  'a tag that nobody knows is refused in words, and nothing of it acts on a terminal: %j',
  (name) => {
    const written: unknown[] = [];
    const warned = (warning: unknown) => written.push(warning);
    process.on('warning', warned);
    try {
      const refusal = (): unknown => parseApplication(`name: ${name}\n`, 'tiny');
      expect(refusal).toThrow(/the manifest is not YAML: Unresolved tag/);
      expect(refusal).not.toThrow(/(?!\n)\p{Cc}|\p{Bidi_Control}/u);
      expect(written).toEqual([]);
    } finally {
      process.off('warning', warned);
    }
  },
);

test.each(['a\r\nx: y', '\u0000', '\u0085', 9007199254740993000, Infinity])(
  'a drawn value that could not be sent as it is, is refused: %j',
  (value) => {
    const text = manifest((parts) => spoil(parts, 'draw', { kind: 'choice', values: ['ok', value] }));
    expect(() => parseApplication(text, 'tiny')).toThrow(
      /draw\.key\.values\.1": must be text without control|values\.1/,
    );
  },
);

test('what is no YAML is refused as such', () => {
  expect(() => parseApplication('modules: [', 'tiny')).toThrow(/application "tiny": the manifest is not YAML/);
});

test('a thing named __proto__ is refused wherever it stands, and not dropped', () => {
  const line = (indent: string) => `${indent}__proto__: {}\n`;
  const text = manifest();
  for (const [field, spoilt] of [
    ['__proto__', text + line('')],
    ['modules.__proto__', text.replace('modules:\n', `modules:\n${line('  ')}`)],
    ['topologies.__proto__', text.replace('topologies:\n', `topologies:\n${line('  ')}`)],
    ['modules.front.__proto__', text.replace('  front:\n', `  front:\n${line('    ')}`)],
  ] as const)
    expect(() => parseApplication(spoilt, 'tiny')).toThrow(`field "${field}": nothing can be named __proto__`);
});
