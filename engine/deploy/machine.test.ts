import { describe, expect, it } from 'vitest';
import { parseTopology, settingsSchema, type Settings } from '../model/index.ts';
import { memoryOfUnits } from './machine.ts';

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
