import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { formatResult } from '../../engine/storage/index.ts';
import { acting, actingIn, resultOn } from '../../report/testing/index.ts';
import { runCli } from '../program.ts';

const verdict = z.enum(['better', 'worse', 'equivalent', 'inconclusive']).nullable();
const answer = z.object({
  machines: z.array(z.object({ title: z.string(), results: z.array(z.object({ name: z.string() })) })),
  findings: z.array(z.object({ metric: z.string(), verdict, values: z.array(z.object({ value: z.number() })) })),
  left: z.array(z.object({ name: z.string(), because: z.string() })),
});

let folder = '';
const at = (name: string): string => path.join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'cleave-pool-'));
  for (const [index, machine] of ['a', 'b', 'c'].entries())
    await writeFile(at(`${machine}.json`), formatResult(resultOn(machine, 1 + index)));
  await writeFile(at('a2.json'), formatResult(resultOn('a', 1.2, 2)));
  const old = resultOn('d', 1);
  await writeFile(at('old.json'), formatResult({ ...old, environment: { ...old.environment, sourceHash: 'before' } }));
  await writeFile(at('broken.json'), '{"schema"');
});
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

async function said(...words: string[]): Promise<{ code: number; out: string; error: string }> {
  const written = { out: '', error: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.error += String(text);
    return true;
  });
  const code = await runCli(['node', 'cleave', 'pool', ...words]);
  vi.restoreAllMocks();
  return { code, out: stripVTControlCharacters(written.out).replaceAll('\u00a0', ' '), error: written.error };
}

describe('cleave pool', () => {
  it('says what three machines say together, within a terminal, and what is left out', async () => {
    const { code, out } = await said(at('a.json'), at('b.json'), at('c.json'), at('a2.json'), at('old.json'));
    expect(code).toBe(0);
    expect(out).toContain('4 results of 3 machines, on docker');
    expect(out).toMatch(/Deployment time +3 +[\d.]+ × +[\d.]+ to [\d.]+ × +±[\d.]+.% +(?:worse|inconclusive)/);
    const [, left = ''] = out.split('Not pooled: ');
    expect(left.replaceAll('\n', ' ')).toMatch(
      /old\.json: It measured another source: before, the others c0ffee5d1e0b\./,
    );
    const table = out.split('\n').filter((line) => !line.includes(path.basename(folder)));
    expect(table.filter((line) => line.length > 80)).toEqual([]);
  });

  it('lists each machine on request', async () => {
    const { out } = await said('--whole', at('a.json'), at('b.json'), at('c.json'), at('a2.json'));
    expect(out).toMatch(/another machine would show, 95 %: [\d.]+ to [\d.]+/);
    expect(out).toMatch(/machine 1: [\d.]+ × \(6 deployments of each, mean of 2 results\)/);
  });

  it('says that one machine is not three', async () => {
    const { code, out } = await said(at('a.json'), at('a2.json'));
    expect(code).toBe(0);
    expect(out.replaceAll('\n', ' ')).toContain('one machine is not three');
    expect(out).not.toMatch(/better|worse|equivalent/);
  });

  it('writes one JSON object, a table for spreadsheets and a document', async () => {
    const files = [at('a.json'), at('b.json'), at('c.json')];
    const { code, out } = await said(...files, '--json', '--csv', at('out.csv'), '--out', at('out.md'));
    expect(code).toBe(0);
    const { machines, findings } = answer.parse(JSON.parse(out));
    expect(machines).toHaveLength(3);
    const [csv, markdown] = [await readFile(at('out.csv'), 'utf8'), await readFile(at('out.md'), 'utf8')];
    const records = csv.trim().split('\r\n');
    const values = findings.reduce((sum, finding) => sum + finding.values.length, 0);
    expect(records).toHaveLength(1 + findings.length + values);
    expect(new Set(records.map((record) => record.split(',')[0]))).toEqual(new Set(['record', 'pooled', 'machine']));
    expect(markdown).toContain('## microservices against monolith');
    expect(markdown).toContain('### Each machine');
  });

  it('writes nothing that acts on what shows it', async () => {
    const made = resultOn('e', 1);
    const environment = { ...made.environment, cpuModel: `=1+1${acting}` };
    await writeFile(at('acting.json'), JSON.stringify({ ...made, environment, title: `x${acting}` }));
    const written = await said(at('acting.json'), at('a.json'), '--csv', at('acting.csv'), '--out', at('acting.md'));
    expect(written.code).toBe(0);
    expect(actingIn(written.out)).toBeUndefined();
    for (const name of ['acting.csv', 'acting.md']) expect(actingIn(await readFile(at(name), 'utf8'))).toBeUndefined();
    expect(await readFile(at('acting.csv'), 'utf8')).not.toMatch(/(?:^|,)"?=/m);
  });

  it.each<[string[], RegExp]>([
    [['a.json'], /^cleave: pool: there is 1 file; allowed: 2 to 100\n$/],
    [Array.from({ length: 101 }, () => 'a.json'), /^cleave: pool: there are 101 files; allowed: 2 to 100\n$/],
    [['a.json', 'nothing.json'], /^cleave: \S*nothing\.json could not be read: there is no such file/],
    [['a.json', 'broken.json'], /^cleave: \S*broken\.json is not JSON/],
  ])('refuses %j in one sentence', async (names, sentence) => {
    const { code, error } = await said(...names.map(at));
    expect([code, error]).toEqual([1, expect.stringMatching(sentence)]);
  });

  it('does not write over a result that it was given', async () => {
    const before = await readFile(at('a.json'), 'utf8');
    const { code, error } = await said(at('a.json'), at('b.json'), '--out', at('a.json'));
    expect([code, error]).toEqual([
      1,
      expect.stringMatching(/^cleave: --out: \S+ is one of the results; name another file\n$/),
    ]);
    expect(await readFile(at('a.json'), 'utf8')).toBe(before);
  });

  it('refuses a file that cannot be written, by the option', async () => {
    const { code, error } = await said(at('a.json'), at('b.json'), '--csv', at('a.json/out.csv'));
    expect(code).toBe(1);
    expect(error).toMatch(/^cleave: --csv: /);
  });
});
