import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSettings, salvage } from './settings.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('settings', () => {
  test('keep every valid field of an older or damaged file', () => {
    expect(salvage({ theme: 'dark', runtime: 'sometimes', cpus: 3, gone: true })).toMatchObject({
      theme: 'dark',
      runtime: 'auto',
      cpus: 3,
    });
    expect(salvage('nonsense')).toMatchObject({ theme: 'system' });
  });

  test('survive a restart and announce changes', () => {
    const store = openSettings(folder);
    const seen: string[] = [];
    store.onDidChange((settings) => seen.push(settings.theme));
    store.set({ ...store.get(), theme: 'light' });
    expect(seen).toEqual(['light']);
    expect(openSettings(folder).get().theme).toBe('light');
    expect(JSON.parse(readFileSync(path.join(folder, 'settings.json'), 'utf8'))).toMatchObject({ theme: 'light' });
  });

  test('start with defaults when the file is not JSON', () => {
    writeFileSync(path.join(folder, 'settings.json'), '{"theme":');
    expect(openSettings(folder).get().theme).toBe('system');
  });
});
