import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settingsSchema } from '../../variant.ts';
import { whyNotScaled } from './impossible.ts';
import { scalingOf } from './preset.ts';

const settings = settingsSchema.parse({});

/** Why so many instances cannot share that much of one CPU. */
function whyNot(instances: number, cpuShare = scalingOf('a').cpuShare): string | null {
  const topology = { name: 'whole', units: [{ name: 'all', modules: ['a'], instances }] };
  return whyNotScaled(
    { ...scalingOf('a'), cpuShare },
    { cpuQuota: true, cpus: 1, variants: [{ name: 'whole', topology, settings }] },
  );
}

it('six instances have what is allowed of the usual share, seven have not', () => {
  expect(whyNot(6)).toBeNull();
  expect(whyNot(7)).toMatch(/each of its 7 instances to 0\.086 CPU; allowed: at least 0\.1,/);
});

it('what is refused does not read as what is allowed', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), fc.double({ min: 0.05, max: 1, noNaN: true }), (instances, share) => {
      expect(whyNot(instances, share) ?? '').not.toMatch(/ to 0\.1(00)? CPU/);
    }),
  );
  expect(whyNot(6, 0.5995)).toContain('to > 0.099 CPU');
});
