import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findPython, isNewEnough } from './interpreter.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-python-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it.each([
  ['3.10.0', true],
  ['3.11.2', true],
  ['3.9.20', false],
  ['2.7.18', false],
  ['4.0.0', false],
  ['', false],
])('%s is new enough: %s', (version, enough) => expect(isNewEnough(version)).toBe(enough));

describe.skipIf(process.platform === 'win32')('the interpreter', () => {
  const program = (name: string, version: string): string => {
    const place = path.join(mkdtempSync(path.join(folder, 'bin-')), name);
    writeFileSync(place, `#!/bin/sh\necho "${place}"\necho ${version}\n`);
    chmodSync(place, 0o755);
    return path.dirname(place);
  };

  it('is the first on the path that is new enough, under either name', async () => {
    const [old, fitting, later] = [
      program('python3', '3.9.1'),
      program('python', '3.12.1'),
      program('python3', '3.11.2'),
    ];
    const PATH = ['relative', old, fitting, later].join(path.delimiter);
    expect(await findPython({ PATH })).toEqual({ path: path.join(fitting, 'python'), version: '3.12.1' });
  });

  it('is not there where nothing fits', async () => {
    const broken = program('python3', '"" ; exit 1');
    expect(await findPython({ PATH: [broken, program('python3', '3.9.1')].join(path.delimiter) })).toBeNull();
    expect(await findPython({})).toBeNull();
  });
});
