import { expect, it } from 'vitest';
import { presets } from '../../engine/model/index.ts';
import { quickResult } from '../../report/testing/index.ts';
import { experimentOf } from './experiment-of.ts';

it('is an experiment or one sentence for every preset, whatever the application lacks', () => {
  const { application } = quickResult();
  const bare = {
    ...application,
    ...{ changes: undefined, tunables: {}, topologies: { monolith: { all: Object.keys(application.modules) } } },
  };
  const made = Object.keys(presets).map((preset) => experimentOf(preset, bare));
  const said = made.filter((one) => typeof one === 'string');
  expect(said.length).toBeGreaterThan(0);
  for (const sentence of said) expect(sentence).toMatch(/^.{10,}$/);
  expect(experimentOf('quick', application)).toMatchObject({ preset: 'quick' });
});
