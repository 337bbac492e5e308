import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, type Application } from '../../application.ts';
import { languageOf } from '../../language.ts';
import { estimateDurationMs } from '../../preset-estimate.ts';
import { presets } from '../../preset.ts';
import { topologyProblems } from '../../topology.ts';
import { unitOf } from '../../unit.ts';

const manifest = new URL('../../../../sample-apps/shop/application.yaml', import.meta.url);
const shop: Application = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const withModule = (change: Partial<Application['modules'][string]>): Application => ({
  ...shop,
  modules: { ...shop.modules, recommendations: { ...shop.modules['recommendations']!, ...change } },
});
const both = { go: './go', python: './python' };
const swappable = withModule({ languages: both });

describe('the preset that swaps a module', () => {
  it('has the finest cut once in each language of the module, TypeScript first, and nothing else that differs', () => {
    const { variants, declaredDifferences, probes } = presets.swap.build(swappable);
    expect(variants.map(({ name, title }) => [name, title])).toEqual([
      ['typescript', 'Recommendations in TypeScript'],
      ['go', 'Recommendations in Go'],
      ['python', 'Recommendations in Python'],
    ]);
    for (const { name, topology, settings } of variants) {
      expect(topologyProblems(topology, swappable)).toEqual([]);
      expect(languageOf(unitOf(topology, 'recommendations'))).toBe(name);
      expect(topology.units.filter((unit) => languageOf(unit) !== 'typescript').length).toBe(
        name === 'typescript' ? 0 : 1,
      );
      expect(topology.units).toHaveLength(8);
      expect(settings).toEqual(variants[0]?.settings);
    }
    expect(declaredDifferences).toEqual(['language']);
    expect(probes.answers).toEqual({ module: 'recommendations', questions: 1000 });
    expect(probes.isolation?.faults).toEqual([{ kind: 'crash', module: 'recommendations' }]);
    expect(probes.latency.windows).not.toBeNull();
    const { looks, budgetMs, blocks } = presets.swap.build(swappable);
    expect([looks?.[0]?.blocks, looks?.at(-1)?.blocks, blocks]).toEqual([3, 6, 6]);
    expect(budgetMs).toBeLessThan(12 * 60_000);
  });

  it('takes less than twelve minutes, with a change that is released too', () => {
    const change = { title: 'Better', kind: 'fix', patch: './x.patch', summary: '' } as const;
    const released = {
      ...swappable,
      changes: {
        half: { ...change, languages: { recommendations: ['go' as const] } },
        all: { ...change, languages: { recommendations: ['python' as const, 'go' as const] } },
      },
    };
    const experiment = presets.swap.build(released);
    expect(experiment.probes.redeployment?.changes).toEqual(['all']);
    expect(estimateDurationMs(experiment)).toBeLessThan(12 * 60_000);
    expect(
      presets.swap.build({ ...swappable, changes: { half: released.changes.half } }).probes.redeployment,
    ).toBeNull();
  });

  it('needs a module in another language, and a cut with it in a unit of its own', () => {
    const { languages: _, ...alone } = shop.modules['recommendations']!;
    expect(() => presets.swap.build({ ...shop, modules: { ...shop.modules, recommendations: alone } })).toThrow(
      /^Corner Shop has no module in another language; name a folder of one as modules\.<name>\.languages in its manifest$/,
    );
    const { monolith = {}, macroservices = {} } = shop.topologies;
    expect(() => presets.swap.build({ ...swappable, topologies: { monolith, macroservices } })).toThrow(
      /^Corner Shop has no cut with "recommendations" in a unit of its own, and a unit has one language; add one/,
    );
  });
});
