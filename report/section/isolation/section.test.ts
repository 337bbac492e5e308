import fc from 'fast-check';
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { FaultStory } from '../../data/fault-timeline.ts';
import { HeatStrip } from './heat-strip.tsx';
import { groupsOf } from './section.tsx';

test('groups of faults keep all, in order, at most three together', () => {
  fc.assert(
    fc.property(fc.array(fc.integer(), { maxLength: 60 }), (items) => {
      const groups = groupsOf(items);
      expect(groups.flat()).toEqual(items);
      for (const group of groups) expect(group.length > 0 && group.length <= 3).toBe(true);
    }),
  );
});

test('a name of 40 letters stands above its strip, where names that fit stand beside theirs', () => {
  const story = {
    ...{ moments: [{ atMs: 0 }], resolutionMs: 500 },
    endpoints: ['home', 'search'].map((endpoint) => ({ endpoint, availability: [0.5] })),
  } as unknown as FaultStory;
  const placesOf = (names: (endpoint: string) => string): (string | undefined)[] => {
    const drawn = renderToStaticMarkup(createElement(HeatStrip, { title: 'strips', story, names }));
    return [...drawn.matchAll(/<text class="cr-tick" x="(\d+)" y="\d+" text-anchor="(\w+)">/g)].map(
      ([, x, anchor]) => `${x} ${anchor}`,
    );
  };
  expect(placesOf((endpoint) => endpoint)).toEqual(['106 end', '106 end']);
  expect(placesOf((endpoint) => endpoint.padEnd(40, 'x'))).toEqual(['8 start', '8 start']);
});
