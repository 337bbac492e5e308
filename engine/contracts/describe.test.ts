import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Edit } from '../deploy/index.ts';
import { fakeLaboratory } from '../deploy/testing/index.ts';
import { structureMeasurementSchema } from '../model/index.ts';
import { ContractError, describeContract, describeOffers } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-contracts-'));
afterAll(() => rmSync(folder, { recursive: true }));
const laboratory = { ...(await fakeLaboratory({ folder })), nodePath: process.execPath };
const { applicationsDirectory, application: pair } = laboratory;

/** An edit after which the kit describes modules so. */
const kitOf = (body: string): Edit => {
  const file = path.join(applicationsDirectory, 'pair', 'kit.ts');
  const text = `import * as fs from 'node:fs';\nexport function describeModules(title: string): unknown { ${body} }\n`;
  return { files: new Map([[file, text]]), modules: new Map() };
};
/** The contract of a module of an application whose kit is this one. */
const withKit = (body: string, options: { patienceMs?: number; signal?: AbortSignal } = {}) =>
  describeContract(laboratory, pair, 'work', { edit: kitOf(body), ...options });
const json = (schema: string) => `{ content: { 'application/json': { schema: ${schema} } } }`;
const operation = (id: string) =>
  `{ post: { operationId: '${id}', summary: title, 'x-repeat': 'safe', requestBody: ${json('{}')}, responses: { 200: ${json('{ const: 1 }')} } } }`;
const document = (paths: string) => `return { openapi: '3.1.0', paths: { ${paths} } };`;

describe('the contract of a module', () => {
  it('is what its sources say, as they are after an edit; routes and other modules are none of it', async () => {
    const paths = `'/work/do': ${operation('work.do')}, '/work/{id}': { get: {} }, '/extra/do': ${operation('extra.do')}`;
    expect((await withKit(document(paths))).operations).toEqual([
      { name: 'do', summary: 'pair: work', repeat: 'safe', input: {}, output: { const: 1 } },
    ]);
  });

  it.each<[what: string, kit: string, refusal: RegExp]>([
    [
      'throws',
      `throw new TypeError('not today');`,
      /^module "work" does not say what its contract is: TypeError: not today$/,
    ],
    ['ends', `process.exit(3);`, /does not say what its contract is: it ends with 3$/],
    [
      'writes too much',
      `return 'x'.repeat(5_000_000);`,
      /does not say what its contract is: it writes more than 4 MB$/,
    ],
    ['reads files', `return fs.readFileSync(process.execPath);`, /Error: Access to this API has been restricted/],
    [
      'writes no JSON',
      `process.stdout.write('hello'); return {};`,
      /^the contract of module "work" cannot be read: it is not JSON/,
    ],
    ['writes nothing', `process.exit(0);`, /^the contract of module "work" cannot be read: it is not JSON/],
    [
      'writes another document',
      `return { openapi: '2.0', paths: {} };`,
      /cannot be read: field "openapi": must be version 3\.1$/,
    ],
    [
      'has an operation without schemas',
      document(`'/work/do': { post: { operationId: 'work.do' } }`),
      /cannot be read: field "post\.summary": /,
    ],
    [
      'has an operation elsewhere',
      document(`'/elsewhere': ${operation('work.do')}`),
      /cannot be read: the file: .*"\/work\/do"/,
    ],
    ['nests without end', `let a: unknown = 1; for (let i = 0; i < 100; i++) a = [a]; return a;`, /nested too deeply/],
  ])('whose kit %s cannot be had, which is said in one sentence', async (_what, kit, refusal) => {
    const refused: unknown = await withKit(kit).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ContractError);
    expect((refused as Error).message).toMatch(refusal);
    expect((refused as Error).message).not.toContain('\n');
  });

  it('sees nothing of the environment', async () => {
    const kit = `if (Object.keys(process.env).length > 0) throw new Error('seen'); ${document('')}`;
    expect((await withKit(kit)).operations).toEqual([]);
  });

  it('has a limit, and can be given up', async () => {
    await expect(withKit('for (;;);', { patienceMs: 1000 })).rejects.toThrow('it does not end within 1 s');
    const reason = new Error('enough');
    await expect(withKit('for (;;);', { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  });

  it('of an application whose kit describes nothing is refused', async () => {
    await expect(describeContract(laboratory, pair, 'work')).rejects.toThrow(
      /^the contract of "work" cannot be bundled: .*describeModules/,
    );
    await expect(describeContract(laboratory, pair, 'constructor')).rejects.toThrow(
      'unknown module "constructor" of "pair"; allowed: front, work, extra',
    );
  });
});

describe('what all modules offer', () => {
  const operationsWith = (edit: Edit | undefined, signal?: AbortSignal) =>
    describeOffers(
      {
        ...laboratory,
        bundleDescription: (application, unit) => laboratory.bundleDescription(application, unit, edit),
      },
      pair,
      signal,
    );

  it('are read in one go, by module; of one that offers none there are none', async () => {
    const paths = `'/work/do': ${operation('work.do')}, '/work/undo': ${operation('work.undo')}, '/extra/do': ${operation('extra.do')}`;
    const read = await operationsWith(kitOf(document(paths)));
    expect([...read].map(([module, offer]) => [module, offer.operations.map(({ name }) => name)])).toEqual([
      ['front', []],
      ['work', ['do', 'undo']],
      ['extra', ['do']],
    ]);
    expect([...read.values()].map(({ examples }) => examples)).toEqual([null, null, null]);
    expect(read.get('extra')?.operations).toEqual([
      {
        ...{ name: 'do', summary: 'pair: front', repeat: 'safe' },
        input: [{ path: '', type: 'anything', required: true }],
        output: [{ path: '', type: '1', required: true }],
      },
    ]);
  });

  it('are bounded and fit to be shown, whatever their fields are called', async () => {
    const schema = json("{ type: 'object', properties: { ['\\u202e' + 'x'.repeat(5000)]: { const: '\\u001b[31m' } } }");
    const paths = `'/work/do': { post: { operationId: 'work.do', summary: '\\u001b[2J', 'x-repeat': 'safe', requestBody: ${schema}, responses: { 200: ${json('{ const: 1 }')} } } }`;
    const [one] = (await operationsWith(kitOf(document(paths)))).get('work')?.operations ?? [];
    const told = [one?.summary, ...(one?.input ?? []).flatMap(({ path: field, type }) => [field, type])];
    expect(told.join('')).not.toMatch(/\p{Cc}|\p{Bidi_Control}/u);
    expect(one?.input[0]?.path.length).toBeLessThanOrEqual(500);
    const measured = { module: 'work', files: 1, lines: 1, operations: ['do'], contract: [one] };
    const structure = { modules: [measured], units: [], changes: null, changesReason: null };
    expect(structureMeasurementSchema.safeParse(structure).error).toBeUndefined();
  });

  it('are not known where the sources do not say, and never guessed', async () => {
    for (const edit of [undefined, kitOf('throw new Error(title)'), kitOf('return { openapi: "2" }')])
      expect((await operationsWith(edit)).size).toBe(0);
    const reason = new Error('enough');
    await expect(operationsWith(undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
