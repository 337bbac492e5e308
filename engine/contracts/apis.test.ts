import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fakeLaboratory, type FakeLaboratory } from '../deploy/testing/index.ts';
import type { ApiModule, ApiOperation } from '../model/index.ts';
import { ContractError, describeApis, describeOffers } from './index.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'cleave-apis-'));
let laboratory: FakeLaboratory;
let apis: ApiModule[];
beforeAll(async () => {
  const applicationsDirectory = path.resolve(import.meta.dirname, '../../sample-apps');
  laboratory = await fakeLaboratory({ folder, places: { applicationsDirectory }, application: 'shop' });
  apis = await describeApis(laboratory, laboratory.application);
});
afterAll(() => rmSync(folder, { recursive: true }));

const operation = (module: string, name: string): ApiOperation | undefined =>
  apis.find((one) => one.module === module)?.operations.find((one) => one.name === name);

describe('what the modules of an application offer', () => {
  it('is there for every module, in the order of the manifest; the entry offers modules nothing', () => {
    expect(apis.map(({ module }) => module)).toEqual(Object.keys(laboratory.application.modules));
    expect(apis.find(({ module }) => module === 'storefront')).toEqual({
      ...{ module: 'storefront', operations: [], problem: null },
    });
    for (const { operations, problem } of apis) {
      expect(problem).toBeNull();
      for (const { examples } of operations) expect(examples.some(({ status }) => status === 200)).toBe(true);
    }
  });

  it('has each operation with its fields, its repetition and its examples, and what those need first', () => {
    const checkOut = operation('orders', 'checkOut');
    expect(checkOut).toMatchObject({ repeat: 'with-key', summary: expect.stringMatching(/^Buys what is in a cart/) });
    expect(checkOut?.input.map(({ path: field }) => field)).toEqual(
      expect.arrayContaining(['orderKey', 'customer', 'customer.email', 'card']),
    );
    expect(checkOut?.output).toContainEqual(expect.objectContaining({ path: 'lines[].quantity', required: true }));
    expect(checkOut?.examples[0]).toMatchObject({
      ...{ index: 1, title: 'Buys what is in the cart, once', hasKey: true, status: 200, before: ['cart.add'] },
    });
    expect(operation('catalog', 'search')).toMatchObject({ repeat: 'safe' });
    expect(operation('catalog', 'search')?.input).toContainEqual({
      ...{ path: 'limit', type: 'whole number, 1 to 60; 12 where it is left out', required: false },
    });
  });

  it('is the same without the examples, whose number is that of its own; where none are named or read it is not known', async () => {
    const { application } = laboratory;
    const broken = structuredClone(application);
    Object.assign(broken.modules['cart'] ?? {}, { examples: './nothing.yaml' });
    const offers = await describeOffers(laboratory, broken);
    for (const { module, operations } of apis) {
      const offer = offers.get(module);
      const told = operations.map(({ name, summary, repeat, input, output }) => ({
        ...{ name, summary, repeat, input, output },
      }));
      expect(offer?.operations).toEqual(told);
      const own = operations.flatMap(({ examples }) => examples).length;
      expect([module, offer?.examples]).toEqual([module, own === 0 || module === 'cart' ? null : own]);
    }
  });

  it('is told without examples, and why, where those cannot be read; no path of this machine is in that', async () => {
    const { application } = laboratory;
    const broken = structuredClone(application);
    for (const [name, module] of Object.entries(broken.modules))
      if (module.examples !== undefined) module.examples = name === 'cart' ? './nothing.yaml' : './catalog/index.ts';
    const told = await describeApis(laboratory, broken);
    const problemOf = (name: string) => told.find(({ module }) => module === name)?.problem;
    expect(problemOf('cart')).toBe('examples of "cart": "./nothing.yaml" cannot be read.');
    expect(problemOf('orders')).toMatch(/^examples of "orders": .*\.$/);
    expect(told.flatMap(({ operations }) => operations.flatMap(({ examples }) => examples))).toEqual([]);
    expect(told.find(({ module }) => module === 'cart')?.operations.length).toBeGreaterThan(3);
  });

  it('cannot be told of sources that do not say', async () => {
    const mute = { ...laboratory, bundleDescription: async () => new TextEncoder().encode('process.exit(3)') };
    await expect(describeApis(mute, laboratory.application)).rejects.toBeInstanceOf(ContractError);
  });
});
