import { describe, expect, it } from 'vitest';
import { parseTopology, settingsSchema, type Settings } from '../model/index.ts';
import { assertMemoryHolds, memoryOfUnits } from './machine.ts';

const on = (store: Settings['store'], cut: string) => ({
  topology: parseTopology(cut),
  settings: settingsSchema.parse({ store }),
});

describe('memory that cannot hold a variant', () => {
  it.each([
    [on('postgres', 'one=a:x'), 100, '100 MiB is too little for 1 unit and 1 server of the store'],
    [on('postgres', 'two=a:x|b:y'), 190, '190 MiB is too little for 2 units and 1 server of the store'],
    [on('postgres-per-unit', 'two=a:x|b:y'), 250, '250 MiB is too little for 2 units and 2 servers of the store'],
    [on('sqlite', 'one=a:x'), 60, '60 MiB is too little for 1 unit'],
  ])('is refused with what it is too little for: %j', (variant, mebibytes, sentence) => {
    expect(() => memoryOfUnits(variant, mebibytes * 2 ** 20)).toThrow(`Memory of the application: ${sentence}`);
  });

  it.each([
    ['postgres', 256],
    ['postgres-per-unit', 384],
  ] as const)('is what the refusal asks for at least: %s', (store, mebibytes) => {
    const variant = on(store, 'three=a:x|b:y|c:z');
    expect(() => memoryOfUnits(variant, (mebibytes - 1) * 2 ** 20)).toThrow();
    expect(Object.keys(memoryOfUnits(variant, mebibytes * 2 ** 20))).toEqual(['a', 'b', 'c']);
  });
});

describe('memory for several variants', () => {
  const named = (name: string, store: Settings['store'], cut: string) => ({ name, ...on(store, cut) });
  const variants = [
    named('one file', 'sqlite', 'one=a:x'),
    named('one server', 'postgres', 'two=a:x|b:y'),
    named('many files', 'sqlite', 'three=a:x|b:y|c:z'),
    named('many servers', 'postgres-per-unit', 'two=a:x|b:y'),
  ];

  it('is refused in one sentence with all that it is too little for, and asks for what the largest needs', () => {
    expect(() => assertMemoryHolds(variants, 150 * 2 ** 20)).toThrow(
      expect.objectContaining({
        message:
          'Memory of the application: 150 MiB is too little for variant "one server" (2 units and 1 server of the store), variant "many files" (3 units) and variant "many servers" (2 units and 2 servers of the store)',
        nextStep: 'Ask for at least 256 MiB.',
      }),
    );
    expect(() => assertMemoryHolds(variants, 255 * 2 ** 20)).toThrow(
      'is too little for variant "many servers" (2 units and 2 servers of the store)',
    );
    expect(() => assertMemoryHolds(variants, 256 * 2 ** 20)).not.toThrow();
  });

  it('is refused for exactly those that would be refused alone', () => {
    for (let mebibytes = 32; mebibytes <= 300; mebibytes += 1)
      for (const variant of variants) {
        const bytes = mebibytes * 2 ** 20;
        const isRefused = (work: () => unknown): boolean => {
          try {
            work();
            return false;
          } catch {
            return true;
          }
        };
        expect(isRefused(() => assertMemoryHolds([variant], bytes))).toBe(
          isRefused(() => memoryOfUnits(variant, bytes)),
        );
      }
  });
});
