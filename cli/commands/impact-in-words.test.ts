import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import type { Topology } from '../../engine/model/index.ts';
import { impactInWords } from './impact-in-words.ts';

const topologies: Topology[] = [
  { name: 'one', units: [{ name: 'all', modules: ['a', 'b', 'c'] }] },
  { name: 'three', units: ['a', 'b', 'c'].map((name) => ({ name, modules: [name] })) },
];

it('says which units go together, and how often one is enough', () => {
  const told = stripVTControlCharacters(
    impactInWords(
      [
        { change: 'x', title: 'Mend A', kind: 'fix', modules: ['a'], units: { one: ['all'], three: ['a'] } },
        {
          ...{ change: 'y', title: 'Break A', kind: 'breaking-contract', modules: ['a'] },
          units: { one: ['all'], three: ['a', 'c'] },
        },
      ],
      topologies,
    ),
  );
  expect(told.split('\n')).toEqual([
    'Mend A (x; fix)',
    '  edits a',
    '  one: the one unit there is',
    '  three: 1 of 3 units: a',
    'Break A (y; breaks a contract)',
    '  edits a',
    '  one: the one unit there is',
    '  three: 2 of 3 units: a, c',
    'All of them',
    '  one: 2 of 2 changes get into one unit at most; on average 1.00 of 1 units get another program',
    '  three: 1 of 2 changes get into one unit at most; on average 1.50 of 3 units get another program',
  ]);
});
