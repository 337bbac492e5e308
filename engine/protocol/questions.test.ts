import { describe, expect, it } from 'vitest';
import type { ContractOperation, JsonSchema } from '../contracts/index.ts';
import { createRandom } from '../model/index.ts';
import { questionsOf } from './questions.ts';

const operation = (name: string, repeat: ContractOperation['repeat'], input: JsonSchema): ContractOperation => ({
  ...{ name, repeat, input, summary: '', output: {} },
});
const ask = (operations: ContractOperation[], seed = 1) =>
  questionsOf({ contract: { module: 'm', document: {}, operations }, examples: [] }, createRandom(seed), 200);
const search = operation('search', 'safe', {
  type: 'object',
  required: ['limit'],
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 24 },
    ids: { type: 'array', maxItems: 50, items: { type: 'string', pattern: '^p-\\d{1,6}$' } },
  },
});

describe('questions for two implementations', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(ask([search])).toEqual(ask([search]));
    expect(ask([search])).not.toEqual(ask([search], 2));
  });

  it('are mostly as the contract says, with and without what may be left out, and a few are not', () => {
    const inputs = ask([search]).map(({ body }) => JSON.parse(body) as { limit?: unknown; ids?: unknown });
    const isRight = ({ limit, ids = [] }: (typeof inputs)[number]) =>
      Number.isInteger(limit) &&
      Number(limit) >= 1 &&
      Number(limit) <= 24 &&
      Array.isArray(ids) &&
      ids.every((id) => typeof id === 'string' && /^p-\d{1,6}$/.test(id));
    const right = inputs.filter(isRight).length;
    expect(right).toBeGreaterThan(150);
    expect(right).toBeLessThan(200);
    expect(inputs.some(({ ids }) => ids === undefined)).toBe(true);
    expect(new Set(inputs.map((input) => JSON.stringify(input))).size).toBeGreaterThan(150);
  });

  it('ask only what may always be repeated, and all of that', () => {
    const other = operation('other', 'safe', { type: 'object', properties: {} });
    const never = operation('never', 'never', { type: 'object', properties: {} });
    const withKey = operation('key', 'with-key', { type: 'object', properties: {} });
    expect(new Set(ask([never, search, withKey, other]).map(({ path }) => path))).toEqual(
      new Set(['/m/search', '/m/other']),
    );
    expect(ask([never, withKey])).toEqual([]);
  });
});
