import { describe, expect, test } from 'vitest';
import { findOpening, parseFile, parseLink } from './deep-link.ts';

describe('links and files from outside', () => {
  test('reads the one form of link', () => {
    expect(parseLink('cleave://result/2026-01-02-abc')).toEqual({ kind: 'result', id: '2026-01-02-abc' });
    for (const url of [
      'cleave://result/',
      'cleave://result/../x',
      'cleave://run/abc',
      'https://result/abc',
      'cleave://result/ABC',
      'cleave://result/a?b',
    ]) {
      expect(parseLink(url)).toBeNull();
    }
  });

  test('knows our files by their extension and nothing else', () => {
    expect(parseFile('a.cleave', '/work dir')).toEqual({ kind: 'experiment-file', path: '/work dir/a.cleave' });
    expect(parseFile('/x/A.CLEAVE-RESULT', '/')).toEqual({ kind: 'result-file', path: '/x/A.CLEAVE-RESULT' });
    expect(parseFile('a.sh', '/')).toBeNull();
  });

  test('finds the first thing to open on a command line, past the options', () => {
    expect(findOpening(['--no-sandbox', '.', 'b.cleave', 'cleave://result/a'], '/d')).toEqual({
      kind: 'experiment-file',
      path: '/d/b.cleave',
    });
    expect(findOpening(['--file=a.cleave', 'x'], '/d')).toBeNull();
  });
});
