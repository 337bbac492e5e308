import { expect, it } from 'vitest';
import { lastWords } from './last-words.ts';

it('tells the end of a log without what says nothing', () => {
  expect(lastWords([])).toBe('it wrote no log');
  expect(lastWords(['', '   '])).toBe('it wrote no log');
  const lines = ['first', ' '.repeat(4000), 'boom', 'boom', '', 'boom', 'x'.repeat(300)];
  expect(lastWords(lines).split('\n')).toEqual([
    'its last log lines:',
    '  first',
    '  boom',
    '  boom',
    `  ${'x'.repeat(200)}...`,
  ]);
  expect(lastWords(Array.from({ length: 30 }, (_, index) => `line ${index}`)).split('\n')).toHaveLength(11);
});
