import { expect, it } from 'vitest';
import { gaugeOf, loudSentence } from './words.ts';

const loud = {
  ...{ quiet: false, foreignCpuShare: 0.34, reasons: ['other programs used 34 % of the processors (at most 5 %)'] },
  loudest: [
    { name: 'backup', share: 0.22 },
    { name: 'chrome', share: 0.083 },
  ],
};

it('the gauge gives its reason and the loudest programs by name before a run', () => {
  expect(gaugeOf(null, null)).toBeNull();
  expect(gaugeOf({ ...loud, quiet: true }, null)?.tone).toBe('good');
  expect(gaugeOf(loud, null)).toMatchObject({ tone: 'bad', text: 'Not quiet' });
  expect(loudSentence(loud).replaceAll('\u00a0', ' ')).toBe(
    'Other programs used 34 % of the processors (at most 5 %). Most of it: backup 22 %, chrome 8.3 %.',
  );
});

it('and what disturbed the last round during one, whatever it was before', () => {
  expect(gaugeOf(loud, { reasons: [] })?.tone).toBe('good');
  expect(gaugeOf(null, { reasons: ['the machine withheld the CPU'] })).toEqual({
    ...{ tone: 'bad', text: 'Disturbed', detail: 'In the last round: the machine withheld the CPU.' },
  });
});
