import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, type Application } from './application.ts';
import { experimentSchema } from './experiment.ts';
import { estimateDurationMs, estimateRoundMs } from './preset-estimate.ts';
import { faultTargets } from './preset-faults.ts';
import { manifestVariant } from './preset-variant.ts';
import { presetOf, presets } from './preset.ts';
import { topologyProblems } from './topology.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const shop: Application = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const minutes = 60_000;

describe('presets', () => {
  it.each(Object.entries(presets))('%s builds a valid experiment that fits the shop', (name, preset) => {
    const experiment = preset.build(shop);
    expect(preset.name).toBe(name);
    expect(experiment.preset).toBe(name);
    expect(experimentSchema.safeParse(experiment).error).toBeUndefined();
    expect(experiment.variants.flatMap((variant) => topologyProblems(variant.topology, shop))).toEqual([]);
    expect(new Set(experiment.variants.map((variant) => variant.name)).size).toBe(experiment.variants.length);
    for (const fault of experiment.probes.isolation?.faults ?? []) {
      expect(shop.modules).toHaveProperty(fault.module);
      if (fault.peer !== undefined) expect(shop.modules).toHaveProperty(fault.peer);
    }
    for (const { settings } of experiment.variants) {
      for (const [tunable, value] of Object.entries(settings.tunables)) {
        expect(value).toBeGreaterThanOrEqual(shop.tunables[tunable]?.min ?? Infinity);
        expect(value).toBeLessThanOrEqual(shop.tunables[tunable]?.max ?? -Infinity);
      }
    }
  });

  it.each([
    ['smoke', 1.5],
    ['quick', 5.1],
    ['standard', 8.1],
    ['limits', 5],
    ['faults', 15],
    ['retry-storm', 15],
    ['scaling', 16],
  ])('%s keeps to %d minutes', (name, limit) => {
    expect(estimateDurationMs(presetOf(name).build(shop))).toBeLessThan(limit * minutes);
  });

  it('have the blocks their names promise', () => {
    const blocks = (name: string) => presetOf(name).build(shop).blocks;
    expect([blocks('smoke'), blocks('quick'), blocks('standard'), blocks('thorough')]).toEqual([1, 12, 12, 10]);
    for (const stopping of [presets.quick, presets.standard]) {
      const { looks, budgetMs, blocks: most } = stopping.build(shop);
      expect([looks?.[0]?.blocks, looks?.at(-1)?.blocks, budgetMs === null]).toEqual([3, most, false]);
    }
    expect(presets.standard.build(shop).noiseFloor).toBe(true);
    expect(presets.limits.build(shop).probes.capacity).not.toBeNull();
    expect(presets.limits.build(shop).probes.hops).not.toBeNull();
    expect(presets.faults.build(shop).variants.map((variant) => variant.name)).toEqual([
      'monolith',
      'macroservices',
      'microservices',
    ]);
    expect(presets.faults.build(shop).probes.isolation?.faults.length).toBeGreaterThanOrEqual(6);
  });

  it('take other variants and other values', () => {
    const variants = [manifestVariant(shop, 'macroservices')];
    const experiment = presets.quick.build(shop, { variants, overrides: { blocks: 4, seed: 9 } });
    expect(experiment.variants).toEqual(variants);
    expect([experiment.blocks, experiment.seed, experiment.looks, experiment.budgetMs]).toEqual([4, 9, null, null]);
  });

  it('say what an application lacks', () => {
    const { macroservices: _, ...others } = shop.topologies;
    expect(() => presets['fine-versus-coarse'].build({ ...shop, topologies: others })).toThrow(
      /no topology "macroservices"; it has: monolith, microservices/,
    );
    expect(() => presets.crossover.build({ ...shop, tunables: {} })).toThrow(/no tunable/);
    expect(() => presetOf('fast')).toThrow(/unknown preset "fast"; allowed: smoke, quick/);
  });
});

it('raises a storm that plain retries can keep up and a retry budget cannot', () => {
  const { probes, variants, load } = presets['retry-storm'].build(shop);
  const utilisation = probes.storm?.pace?.utilisation ?? 1;
  const retries = (name: string) => variants.find((variant) => variant.name === name)?.settings.resilience.retries;
  expect(utilisation * (1 + (retries('retries')?.count ?? 0))).toBeGreaterThan(2);
  expect(utilisation * (1 + (retries('budget')?.budget ?? 1))).toBeLessThan(0.8);
  // Held past its deadline a call is turned away without work, and the module is idle when the storm ends.
  const deadlines = variants.map((variant) => variant.settings.resilience.deadlineMs);
  expect(probes.storm?.fault.delayMs).toBeLessThan(Math.min(...deadlines) / 2);
  expect(load.deadlineMs).toBeGreaterThan(Math.max(...deadlines));
});

it('breaks the shop where it teaches the most', () => {
  expect(faultTargets(shop)).toEqual({ entry: 'storefront', optional: 'recommendations', required: 'payments' });
});

it('estimates grow with rounds and with what is done in one', () => {
  const quick = presets.quick.build(shop, { overrides: { blocks: 3 } });
  expect(estimateDurationMs({ ...quick, blocks: 50, budgetMs: 300_000 })).toBe(300_000);
  const twice = { ...quick, blocks: quick.blocks * 2 };
  const calm = { ...quick, probes: { ...quick.probes, isolation: null } };
  expect(estimateDurationMs(twice) - estimateDurationMs(quick)).toBe(quick.blocks * 2 * estimateRoundMs(quick));
  expect(estimateRoundMs(calm)).toBeLessThan(estimateRoundMs(quick));
});
