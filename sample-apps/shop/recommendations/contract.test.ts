import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { describeModules } from '../../kit/index.ts';
import { module } from './index.ts';

const read = (file: string): unknown => JSON.parse(readFileSync(path.join(import.meta.dirname, file), 'utf8'));

it.each(['go', 'python'])('the program in %s ships the contract as it is', (language) => {
  expect(
    read(`${language}/contract.json`),
    'write it anew: npm run -s cleave -- contract show --module recommendations',
  ).toEqual(describeModules('shop: recommendations', [module]));
});

it('both kits hold a unit to the same configuration', () => {
  expect(read('../../kit-python/cleave_kit/configuration.json')).toEqual(read('../../kit-go/configuration.json'));
});
