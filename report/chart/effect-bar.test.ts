import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { Finding } from '../../engine/model/index.ts';
import { makeResult } from '../testing/index.ts';
import { EffectBar } from './effect-bar.tsx';

const [finding] = makeResult({ blocks: 3, everything: false, faults: [], requests: 300 }).findings;
const width = 200;

/** Ends of the interval's line, and how many of them have a cap. */
function drawn(openEnd: Finding['openEnd']) {
  if (finding === undefined) throw new Error('the example has no findings');
  const markup = renderToStaticMarkup(createElement(EffectBar, { finding: { ...finding, openEnd }, width }));
  const lines = [...(markup.match(/<g stroke=.*?<\/g>/)?.[0] ?? '').matchAll(/x1="([\d.]+)" x2="([\d.]+)"/g)].map(
    ([, from, to]) => [Number(from), Number(to)] as const,
  );
  return { ends: lines[0] ?? [], caps: lines.length - 1 };
}

it('draws an interval as far as its ends are known, and an open one to the end of the scale', () => {
  const [low = 0, high = 0] = drawn(null).ends;
  expect(drawn(null).caps).toBe(2);
  expect(low).toBeGreaterThan(0);
  expect(high).toBeLessThan(width);
  const { ends, caps } = drawn('both');
  const [left = low, right = high] = ends;
  expect(caps).toBe(0);
  expect(left).toBeLessThan(width / 20);
  expect(right).toBeGreaterThan(width - width / 20);
  expect(drawn('high')).toEqual({ ends: [low, right], caps: 1 });
  expect(drawn('low')).toEqual({ ends: [left, high], caps: 1 });
});
