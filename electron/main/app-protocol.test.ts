import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';

vi.mock('electron', () => ({ protocol: {} }));
const { fileOf } = await import('./app-protocol.ts');
const folder = path.resolve('/srv/out/renderer');

describe('fileOf', () => {
  test('names files of the built page', () => {
    expect(fileOf(folder, 'app://cleave/')).toBe(path.join(folder, 'index.html'));
    expect(fileOf(folder, 'app://cleave/assets/a.js?v=1#x')).toBe(path.join(folder, 'assets', 'a.js'));
  });

  test('refuses other hosts, schemes and ways out', () => {
    for (const url of [
      'app://other/index.html',
      'file:///etc/passwd',
      'app://cleave/%2e%2e/x',
      'app://cleave/..%2f..%2fx',
      'app://cleave/a%00b',
      'app://cleave/..%5cx',
      'nonsense',
      'app://cleave/%',
    ]) {
      const file = fileOf(folder, url);
      expect(file === null || file.startsWith(folder + path.sep)).toBe(true);
    }
  });

  test('never leaves the folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('.', '/', '%2e', '%2f', '%5c', 'a', '\\', '%') }), (name) => {
        const file = fileOf(folder, `app://cleave/${name}`);
        expect(file === null || file.startsWith(folder + path.sep)).toBe(true);
      }),
    );
  });
});
