import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { makeResult } from '../../testing/index.ts';
import { WindowsTable } from './windows-table.tsx';

const apart = makeResult({ blocks: 1, requests: 400, faults: [], everything: false });

test('windows are listed in the order of time, each with its median and what was withheld in it', () => {
  const result = {
    ...apart,
    rounds: apart.rounds.map((round, place) => ({
      ...round,
      windows: [place, 3 - place].map((index, pair) => ({
        ...{ index, pair, startedAtMs: 1000 * index, lengthMs: 2000, leadInMs: 500, leadInRequests: 40 },
        ...{ parkedMs: 2600, withheldMs: place === 0 ? 30 : 0, cpuSeconds: {}, load: round.latency! },
      })),
    })),
  };
  const html = renderToStaticMarkup(<WindowsTable result={result} />);
  const rows = [...html.matchAll(/<tr[^>]*>(.*?)<\/tr>/g)]
    .slice(1)
    .map(([, row = '']) => row.replaceAll(/<[^>]*>/g, '|'));
  expect(rows).toHaveLength(4);
  expect(rows.map((row) => row.includes('monolith'))).toEqual([true, false, false, true]);
  expect(rows[0]).toContain('1.5\u00a0%');
  expect(rows[1]).toContain('0\u00a0%');
  expect(html).toContain('4 windows in turn');
});

test('nothing is shown where each deployment was loaded in one piece', () => {
  expect(renderToStaticMarkup(<WindowsTable result={apart} />)).toBe('');
});
