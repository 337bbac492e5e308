import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { judgeImport } from './arrows.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Importing file, what it imports, and a word of the message. */
const FORBIDDEN: readonly [file: string, specifier: string, word: string][] = [
  ['engine/model/a.ts', 'node:fs', 'pure'],
  ['engine/model/a.ts', 'dockerode', 'pure'],
  ['engine/model/a.ts', '../storage/index.ts', 'pure'],
  ['engine/load/a.ts', '../../report/index.ts', 'engine'],
  ['engine/load/a.ts', '../../cli/index.ts', 'engine'],
  ['engine/load/deep/a.ts', '../../../sample-apps/kit/index.ts', 'engine'],
  ['engine/load/a.ts', 'electron', 'headless'],
  ['engine/load/a.ts', 'react-dom/server', 'headless'],
  ['engine/load/a.ts', 'node:sqlite', 'Node of Electron'],
  ['engine/load/a.ts', '../storage/journal.ts', 'door'],
  ['engine/experiment/a.ts', '../probes/latency/b.ts', 'door'],
  ['report/a.tsx', '../engine/storage/index.ts', 'report'],
  ['report/a.tsx', 'node:fs', 'report'],
  ['report/a.tsx', '../renderer/index.ts', 'report'],
  ['cli/a.ts', '../renderer/index.ts', 'cli'],
  ['cli/a.ts', '../electron/main/index.ts', 'cli'],
  ['cli/a.ts', '../engine/storage/journal.ts', 'door'],
  ['renderer/features/run/a.tsx', '../../../engine/experiment/index.ts', 'renderer'],
  ['renderer/features/run/a.tsx', '../../../electron/preload/index.ts', 'renderer'],
  ['renderer/a.tsx', '../report/testing/index.ts', 'door'],
  ['renderer/a.tsx', 'electron', 'renderer'],
  ['renderer/a.tsx', 'node:path', 'renderer'],
  ['electron/main/a.ts', '../../engine/experiment/index.ts', 'engine-host'],
  ['electron/preload/a.ts', '../../cli/index.ts', 'engine-host'],
  ['electron/engine-host/a.ts', '../../renderer/index.ts', 'engine-host'],
  ['scripts/audit/a.ts', '../../engine/statistics/index.ts', 'shares no code'],
  ['scripts/audit/a.ts', '../../engine/model/index.ts', 'shares no code'],
  ['scripts/audit/a.ts', '../../report/index.ts', 'shares no code'],
  ['scripts/audit/a.ts', '../../cli/index.ts', 'shares no code'],
  ['scripts/audit/a.ts', '../engine.ts', 'shares no code'],
  ['sample-apps/kit/a.ts', '../shop/index.ts', 'kit'],
  ['sample-apps/shop/a.ts', '../../engine/model/index.ts', 'sample-apps'],
];

/** Files of rooms whose time is handed in, each with one thing that takes it from elsewhere. */
const CLOCKS: readonly [file: string, source: string][] = [
  ['engine/experiment/now.ts', 'export const at = Date.now();'],
  ['engine/probes/x/elapsed.ts', 'export const at = performance.now();'],
  ['engine/faults/timer.ts', 'setTimeout(() => undefined, 1);'],
  ['engine/deploy/date.ts', 'export const at = new Date();'],
  ['engine/deploy/delay.ts', "export { setTimeout } from 'node:timers/promises';"],
  ['engine/deploy/signal.ts', 'export const signal = AbortSignal.timeout(1);'],
];
/** What they may do, and who else may. */
const OTHER_TIMES: readonly [file: string, source: string][] = [
  ['engine/experiment/format.ts', 'export const iso = (atMs: number) => new Date(atMs).toISOString();'],
  ['engine/experiment/now.test.ts', 'export const at = Date.now();'],
  ['engine/runtime/now.ts', 'export const at = Date.now();'],
];

/** Look-ups by a name in what is kept by names, and what only looks like one. */
const LOOK_UPS: readonly [file: string, source: string][] = [
  ['engine/deploy/look-up.ts', 'export const at = (a: any, name: string) => a.topologies[name];'],
  ['cli/look-up.ts', 'export const at = (a: any, name: string) => a?.modules?.[name.trim()];'],
  ['report/look-up.ts', 'export const at = (weights: any, name: string) => weights[name] ?? 0;'],
];
const OTHER_LOOK_UPS: readonly [file: string, source: string][] = [
  ['engine/deploy/own.ts', 'export const at = (a: any, own: any, name: string) => own(a.topologies, name);'],
  ['engine/deploy/write.ts', 'export const put = (weights: any, name: string) => { weights[name] = 1; };'],
  ['engine/deploy/first.ts', 'export const at = (a: any) => a.modules[0];'],
  ['engine/deploy/other.ts', 'export const at = (rows: any, name: string) => rows[name];'],
  ['engine/load/number.ts', 'export const at = (a: any, kind: number) => a.journeys[kind];'],
];

const ALLOWED: readonly [file: string, specifier: string][] = [
  ['engine/model/a.ts', 'zod'],
  ['engine/model/a.ts', './b.ts'],
  ['engine/model/a.test.ts', 'fast-check'],
  ['engine/load/a.ts', '../model/index.ts'],
  ['engine/load/a.ts', '../storage/index.ts'],
  ['engine/load/report/a.ts', '../report/b.ts'],
  ['engine/experiment/a.ts', '../probes/latency/index.ts'],
  ['engine/probes/latency/a.ts', '../context.ts'],
  ['report/a.tsx', '../engine/model/index.ts'],
  ['report/a.tsx', 'react'],
  ['cli/a.ts', '../engine/experiment/index.ts'],
  ['scripts/audit/a.ts', './b.ts'],
  ['scripts/audit/a.ts', 'hdr-histogram-js'],
  ['scripts/audit/audit.test.ts', '../../engine/evaluation/index.ts'],
  ['cli/a.ts', '../report/index.ts'],
  ['renderer/a.tsx', '../report/index.ts'],
  ['renderer/features/report/a.tsx', '../report/b.tsx'],
  ['electron/main/a.ts', '../../report/index.ts'],
  ['electron/main/a.ts', '../../engine/model/index.ts'],
  ['electron/engine-host/a.ts', '../../engine/experiment/index.ts'],
  ['sample-apps/shop/a.ts', '../kit/index.ts'],
  ['engine/runtime/a.test.ts', '../../tests/support/engine.ts'],
  ['renderer/a.test.ts', '../report/testing/index.ts'],
  ['renderer/dev/a.ts', '../../report/testing/index.ts'],
  ['renderer/vite.config.ts', 'node:url'],
];

describe('judgeImport', () => {
  it.each(FORBIDDEN)('refuses %s importing %s', (file, specifier, word) => {
    expect(judgeImport(file, specifier)).toContain(word);
  });

  it.each(ALLOWED)('lets %s import %s', (file, specifier) => {
    expect(judgeImport(file, specifier)).toBeUndefined();
  });
});

describe('lint', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-lint-'));
    const text = await readFile(path.join(REPOSITORY, '.oxlintrc.json'), 'utf8');
    const plugin = path.join(import.meta.dirname, 'plugin.ts');
    const config = text.replace('./scripts/lint/plugin.ts', plugin).replace('"typeAware": true', '"typeAware": false');
    await writeFile(path.join(folder, '.oxlintrc.json'), config);
    const sources = new Map<string, string>();
    for (const [file, specifier] of FORBIDDEN) {
      sources.set(file, `${sources.get(file) ?? ''}export * from '${specifier}';\n`);
    }
    sources.set('engine/load/dynamic.ts', "export const late = import('../../cli/index.ts');\n");
    for (const [file, source] of [...CLOCKS, ...OTHER_TIMES, ...LOOK_UPS, ...OTHER_LOOK_UPS])
      sources.set(file, `${source}\n`);
    for (const [file, source] of sources) {
      await mkdir(path.join(folder, path.dirname(file)), { recursive: true });
      await writeFile(path.join(folder, file), source);
    }
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('reports every forbidden import, whatever its form, every other clock, and every look-up that inherits', async () => {
    const output = await new Promise<string>((resolve) => {
      const program = path.join(REPOSITORY, 'node_modules', 'oxlint', 'bin', 'oxlint');
      execFile(process.execPath, [program, '--format=json'], { cwd: folder, timeout: 30_000 }, (_error, stdout) =>
        resolve(stdout),
      );
    });
    const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
    const reportedBy = (rule: string) =>
      diagnostics.flatMap(({ code, filename }) => (code.includes(rule) ? [filename] : [])).toSorted();
    expect(reportedBy('arrows')).toEqual([...FORBIDDEN.map(([file]) => file), 'engine/load/dynamic.ts'].toSorted());
    expect(reportedBy('clock')).toEqual(CLOCKS.map(([file]) => file).toSorted());
    expect(reportedBy('own')).toEqual(LOOK_UPS.map(([file]) => file).toSorted());
  }, 40_000);
});
