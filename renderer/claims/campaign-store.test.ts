import { describe, expect, it } from 'vitest';
import { faultLabel, presetOf, type Claims } from '../../engine/model/index.ts';
import { shop } from '../../report/testing/index.ts';
import { missingIn } from './campaign-store.ts';

const missing = (...names: [preset: string, estimateMs: number | null][]): Pick<Claims, 'claims'> =>
  ({
    claims: [{ missing: names.map(([preset, estimateMs]) => ({ preset, title: preset, estimateMs, because: null })) }],
  }) as unknown as Pick<Claims, 'claims'>;
const told = (claims: Pick<Claims, 'claims'>): string[] => missingIn(claims).map(({ preset }) => preset);

describe('what would measure all that is missing', () => {
  it('is each once, the shortest first, without what cannot be run', () => {
    expect(told(missing(['release', 9], ['quick', 5], ['release', 9], ['swap', null]))).toEqual(['quick', 'release']);
  });

  it('is without quick where standard is run, which measures the same and more', () => {
    expect(told(missing(['quick', 5], ['standard', 8]))).toEqual(['standard']);
    expect(told(missing(['quick', 5], ['standard', null]))).toEqual(['quick']);
    const [quick, standard] = [presetOf('quick').build(shop), presetOf('standard').build(shop)];
    expect(Object.keys(standard.probes)).toEqual(expect.arrayContaining(Object.keys(quick.probes)));
    const faults = ({ probes }: typeof quick): string[] => (probes.isolation?.faults ?? []).map(faultLabel);
    expect(faults(standard)).toEqual(expect.arrayContaining(faults(quick)));
    expect(standard.variants.map(({ name }) => name)).toEqual(
      expect.arrayContaining(quick.variants.map(({ name }) => name)),
    );
  });
});
