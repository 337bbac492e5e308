import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareDocuments } from './compare.ts';
import { ContractError } from './contract-error.ts';

type Schema = Record<string, unknown>;

const object = (properties: Record<string, Schema>, required = Object.keys(properties)): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const text: Schema = { type: 'string' };
const number: Schema = { type: 'number' };

/** A document of one operation. */
function document(input: Schema, output: Schema, name = 'catalog.product'): object {
  const content = (schema: Schema) => ({ 'application/json': { schema } });
  return {
    openapi: '3.1.0',
    info: { title: 'shop', version: '1' },
    paths: {
      [`/${name.replace('.', '/')}`]: {
        post: {
          operationId: name,
          requestBody: { required: true, content: content(input) },
          responses: { '200': { description: 'The answer', content: content(output) } },
        },
      },
    },
  };
}

const input = object({ id: text, limit: number }, ['id']);
const output = object({ id: text, price: number, note: text }, ['id', 'price']);
const before = document(input, output);

describe('compareDocuments', () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    ['nothing', before, []],
    [
      'a field of the answer that goes',
      document(input, object({ id: text, note: text }, ['id'])),
      [['breaking', 'response-required-property-removed']],
    ],
    [
      'a field of the answer that comes',
      document(input, object({ id: text, price: number, note: text, currency: text }, ['id', 'price', 'currency'])),
      [['harmless', 'response-required-property-added']],
    ],
    [
      'a field of the answer of another type',
      document(input, object({ id: text, price: text, note: text }, ['id', 'price'])),
      [['breaking', 'response-property-type-changed']],
    ],
    [
      'a field of the answer that may be missing now',
      document(input, object({ id: text, price: number, note: text }, ['id'])),
      [['breaking', 'response-property-became-optional']],
    ],
    [
      'a field of the request that must be there now',
      document(object({ id: text, limit: number, size: number }, ['id', 'size']), output),
      [['breaking', 'new-required-request-property']],
    ],
    [
      'a field of the request that may be there now',
      document(object({ id: text, limit: number, size: number }, ['id']), output),
      [['harmless', 'new-optional-request-property']],
    ],
    [
      'a field of the request of another type',
      document(object({ id: number, limit: number }, ['id']), output),
      [['breaking', 'request-property-type-changed']],
    ],
  ])('finds %s', async (_what, after, found) => {
    const differences = await compareDocuments(before, after);
    expect(differences.map(({ level, rule }) => [level, rule])).toEqual(found);
    for (const { operation, text: words } of differences) {
      expect(operation).toBe('catalog.product');
      expect(words).not.toBe('');
    }
  });

  it('names operations that come and go', async () => {
    const other = document(input, output, 'catalog.item');
    expect(
      (await compareDocuments(before, other)).map(({ operation, level }) => [operation, level]).toSorted(),
    ).toEqual([
      ['catalog.item', 'harmless'],
      ['catalog.product', 'breaking'],
    ]);
  });

  it('keeps what breaks callers where there is too much of it', async () => {
    const many = (names: readonly string[], of: Schema): Schema =>
      object(Object.fromEntries(names.map((name) => [name, of])), []);
    const names = Array.from({ length: 220 }, (_, index) => `field-${index}`);
    const found = await compareDocuments(document(input, object({ id: text })), document(input, many(names, text)));
    expect(found).toHaveLength(200);
    expect(found[0]).toMatchObject({ level: 'breaking', text: expect.stringContaining('id') });
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    controller.abort(new Error('cancelled'));
    await expect(compareDocuments(before, before, controller.signal)).rejects.toThrow('cancelled');
  });

  it.each([
    ['echo "garbage <b>"', 'what the comparing program said was not understood'],
    ['echo "{}"', 'what the comparing program said was not understood'],
    ['echo "it is ill" >&2; echo more >&2; exit 1', 'it is ill'],
    ['exit 3', 'failed without a word'],
  ])('says in a sentence what came of %s', async (script, words) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'cleave-oasdiff-'));
    try {
      const program = path.join(folder, 'oasdiff');
      writeFileSync(program, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      vi.stubEnv('OASDIFF_BINARY_PATH', program);
      const failed = await compareDocuments(before, before).catch((error: unknown) => error);
      expect(failed).toBeInstanceOf(ContractError);
      expect(String(failed)).toContain(words);
      expect(String(failed)).not.toContain('\n');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('says in a sentence what keeps it from comparing', async () => {
    await expect(compareDocuments({ openapi: 3 }, before)).rejects.toThrow(ContractError);
    vi.stubEnv('OASDIFF_BINARY_PATH', '/nowhere/oasdiff');
    await expect(compareDocuments(before, before)).rejects.toThrow(
      'contracts cannot be compared: there is no program /nowhere/oasdiff; install oasdiff, or name it in OASDIFF_BINARY_PATH',
    );
  });
});
