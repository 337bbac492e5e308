import { expect, it } from 'vitest';
import { estimateRoundMs, experimentProblems, experimentSchema } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { movableModules, moveOutExperiment } from './move-out.ts';

it('every module but the entry can be moved out, payments first, each as an experiment that may start', () => {
  const modules = movableModules(shop);
  expect(modules[0]).toBe('payments');
  expect(modules.toSorted()).toEqual(
    Object.keys(shop.modules)
      .filter((name) => name !== shop.entry)
      .toSorted(),
  );
  for (const module of modules) {
    const experiment = experimentSchema.parse(moveOutExperiment(shop, module));
    expect(experimentProblems(experiment, shop)).toEqual([]);
    const [before, after] = experiment.variants.map(({ topology }) => topology.units.map((unit) => unit.modules));
    expect(before).toHaveLength(1);
    expect(after).toContainEqual([module]);
    expect(after?.flat().toSorted()).toEqual(before?.flat().toSorted());
    expect(experiment.probes.isolation?.faults.map((fault) => fault.module)).toEqual([module, module, module]);
  }
  expect(moveOutExperiment(shop, 'payments')?.title).toMatch(/: move Payments out\?$/);
});

it('three faults take longer than one, and the run has as much time for each block', () => {
  const quick = scenariosFor(shop).find(({ name }) => name === 'quick')?.experiment;
  const own = moveOutExperiment(shop, 'payments');
  if (quick?.budgetMs == null || own?.budgetMs == null) throw new Error('both have a budget');
  expect(own.probes.isolation?.faults.length).toBeGreaterThan(quick.probes.isolation?.faults.length ?? 0);
  expect(own.budgetMs / estimateRoundMs(own)).toBeGreaterThanOrEqual(quick.budgetMs / estimateRoundMs(quick));
});

it('nothing can be moved out of an application that never is in one unit', () => {
  const { monolith: _monolith, ...topologies } = shop.topologies;
  const divided = { ...shop, topologies };
  expect([movableModules(divided), moveOutExperiment(divided, 'payments')]).toEqual([[], null]);
});
