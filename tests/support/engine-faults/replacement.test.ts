import { expect, it } from 'vitest';
import { unevenIn } from './replacement.ts';

const call = { method: 'DELETE', route: '/containers/{name}', phase: 'replacing' } as const;
const told = (serves: string, there: string): string => `  Replace front\nserves ${serves}\nthere ${there}\n`;

it.each<[string, string, 'once' | 'always', string[]]>([
  ['one of each', told('front#1 goods#0 trade#1', 'front#1 goods#0 trade#1'), 'once', []],
  ['one of which an old one stays', told('front#1 goods#0 trade#1', 'front#0 front#1 goods#0 trade#1'), 'always', []],
  [
    'one of which an old one stays though the engine is well',
    told('front#1 goods#0 trade#1', 'front#0 front#1 goods#0 trade#1'),
    'once',
    ['is there beside what serves: front#0'],
  ],
  ['one that has lost a unit', told('front#1 goods#0', 'front#1 goods#0'), 'once', ['what serves is front#1, goods#0']],
  [
    'one whose unit is gone',
    told('front#1 goods#0 trade#1', 'front#1 goods#0'),
    'always',
    ['serves and is not there: trade#1'],
  ],
  ['one that never ended', '  Replace front\n', 'once', ['it did not come to the end of its replacement']],
])('judges %s', (_, text, times, problems) => {
  expect(unevenIn({ text, fault: { call, failure: 'hang', times } })).toEqual(problems);
});
