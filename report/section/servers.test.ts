import { expect, test } from 'vitest';
import type { Result, Settings } from '../../engine/model/index.ts';
import { renderHtml } from '../html.tsx';
import { makeResult } from '../testing/index.ts';

const apart = makeResult({ blocks: 1, requests: 400, faults: [], everything: false });
const textOn = (store: Settings['store']): string => {
  const variants = apart.experiment.variants.map((variant) => ({
    ...variant,
    settings: { ...variant.settings, store },
  }));
  const result: Result = { ...apart, experiment: { ...apart.experiment, variants } };
  return renderHtml(result).replaceAll(/<[^>]*>/g, '');
};

test('figures and spans that have the servers of the store in them say so, and no others', () => {
  const [files, servers] = [textOn('sqlite'), textOn('postgres')];
  for (const words of [
    'All units of a deployment and the servers of its store together',
    'and servers of its store, averages over the rounds',
    'or the server of the store takes connections',
  ]) {
    expect(servers).toContain(words);
    expect(files).not.toContain(words);
  }
});
