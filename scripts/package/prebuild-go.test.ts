import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { loadApplication } from '../../engine/deploy/index.ts';
import { goBuilder } from '../../engine/languages/go/builder.ts';
import type { BuildOrder } from '../../engine/languages/program.ts';
import { spokenApplications } from '../../engine/languages/testing/index.ts';
import { shareGoCache } from '../../tests/support/go-cache.ts';
import { describeLanguages } from '../../tests/support/languages.ts';
import { prebuildGo } from './prebuild-go.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-prebuilt-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

await describeLanguages('what is compiled beforehand', () => {
  it('is what a machine without a compiler runs, whatever its processors', { timeout: 300_000 }, async () => {
    const [applicationsDirectory, workDirectory] = [path.join(folder, 'applications'), path.join(folder, 'work')];
    cpSync(spokenApplications, applicationsDirectory, { recursive: true });
    shareGoCache(workDirectory);
    expect(await prebuildGo(applicationsDirectory, workDirectory)).toMatch(
      /^Compiled from Go: work for linux on x64, work for linux on arm64/,
    );
    const order: Omit<BuildOrder, 'target'> = {
      ...{
        applicationsDirectory,
        workDirectory,
        files: new Map<string, string>(),
        packages: 'bundled',
        signal: undefined,
      },
      application: await loadApplication(applicationsDirectory, 'spoken'),
      units: [{ name: 'picks', modules: ['work'], language: 'go' }],
    };
    const withoutCompiler = goBuilder(async () => null);
    for (const [architecture, machine] of [
      ['x64', 62],
      ['arm64', 183],
    ] as const) {
      const made = await withoutCompiler({ ...order, target: { os: 'linux', architecture } });
      expect(made.get('picks')?.files['unit']?.[18]).toBe(machine);
    }
  });
});
