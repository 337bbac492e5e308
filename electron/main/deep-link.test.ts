import path from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findOpenings, parseFile, parseLink, parseOpening } from './deep-link.ts';

describe('links and files from outside', () => {
  test('reads the one form of link, in any case of scheme and host', () => {
    for (const start of ['cleave://result/', 'CLEAVE://result/', 'Cleave://Result/'])
      expect(parseLink(`${start}2026-01-02-abc`)).toEqual({ kind: 'result', id: '2026-01-02-abc' });
    for (const url of [
      'cleave://result/',
      'cleave://result/../x',
      'cleave://run/abc',
      'https://result/abc',
      'cleave://result/ABC',
      'cleave://result/a?b',
      'cleave:result/abc',
      'cleave',
    ]) {
      expect(parseLink(url)).toBeNull();
    }
  });

  test('knows our files by their extension and nothing else', () => {
    expect(parseFile('a.cleave', '/work dir')).toEqual({ kind: 'file', path: '/work dir/a.cleave' });
    expect(parseFile('/x/A.CLEAVE-RESULT', '/')).toEqual({ kind: 'file', path: '/x/A.CLEAVE-RESULT' });
    for (const file of ['a.yaml', 'a.yml', 'a.json']) expect(parseFile(file, '/')).not.toBeNull();
    for (const file of ['a.sh', 'a', '.cleave', 'a\0.cleave']) expect(parseFile(file, '/')).toBeNull();
  });

  test('reads the URL of any path that a desktop passes', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((text) => !/[/\\\0]/.test(text) && text.isWellFormed());
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 4 }), (parts) => {
        const file = path.resolve('/', ...parts.map((one) => `x${one}`)) + '.cleave';
        const url = pathToFileURL(file).href;
        expect(parseOpening(url, '/elsewhere')).toEqual({ kind: 'file', path: file });
        expect(parseOpening(url.replace('file:', 'FILE:'), '/elsewhere')).toEqual({ kind: 'file', path: file });
      }),
    );
    expect(parseOpening('file:/tmp/a%20b.cleave', '/')).toEqual({ kind: 'file', path: '/tmp/a b.cleave' });
    expect(parseOpening('file://localhost/tmp/a.cleave', '/')).toEqual({ kind: 'file', path: '/tmp/a.cleave' });
    for (const url of [
      'file://elsewhere/tmp/a.cleave',
      'file:///tmp/a%2Fb.cleave',
      'file:///tmp/%.cleave',
      'http://x/a.cleave',
    ])
      expect(parseOpening(url, '/')).toBeNull();
    expect(parseOpening('note: one.cleave', '/')).toEqual({ kind: 'file', path: '/note: one.cleave' });
  });

  test('finds everything to open on a command line, past the options', () => {
    expect(findOpenings(['--no-sandbox', '.', 'b.cleave', 'CLEAVE://result/a', 'file:///x/c.json'], '/d')).toEqual([
      { kind: 'file', path: '/d/b.cleave' },
      { kind: 'result', id: 'a' },
      { kind: 'file', path: '/x/c.json' },
    ]);
    expect(findOpenings(['--file=a.cleave', 'x'], '/d')).toEqual([]);
    expect(findOpenings(['-a.cleave', '--', '-b.cleave'], '/d')).toEqual([{ kind: 'file', path: '/d/-b.cleave' }]);
  });
});
