import { expect, it } from 'vitest';
import type { Experiment, Fault, Topology } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { followCuts } from './follow-cuts.ts';

const standard = scenariosFor(shop).find((scenario) => scenario.name === 'standard')?.experiment;
if (standard === undefined) throw new Error('the shop has the standard scenario');
const modules = Object.keys(shop.modules);
const out = (module: string): Topology => ({
  name: `${module}-out`,
  units: [
    { name: 'rest', modules: modules.filter((one) => one !== module) },
    { name: module, modules: [module] },
  ],
});
const withSecond = (experiment: Experiment, topology: Topology): Experiment => ({
  ...experiment,
  variants: experiment.variants.map((variant, at) => (at === 1 ? { ...variant, topology } : variant)),
});
const withFaults = (experiment: Experiment, faults: Fault[]): Experiment => {
  const { isolation } = experiment.probes;
  return { ...experiment, probes: { ...experiment.probes, isolation: isolation && { ...isolation, faults } } };
};
const faultsOf = ({ probes }: Experiment) => probes.isolation?.faults.map(({ kind, module }) => `${kind} ${module}`);

it('faults that nobody chose follow what the cut separates, again and again', () => {
  const payments = followCuts(shop, standard, withSecond(standard, out('payments')));
  expect(faultsOf(payments)).toEqual(['crash payments', 'hang payments', 'slow payments']);
  const catalog = followCuts(shop, payments, withSecond(payments, out('catalog')));
  expect(faultsOf(catalog)).toEqual(['crash catalog', 'hang catalog', 'slow catalog']);
});

it('faults that somebody chose stay, and so does everything while no cut changes', () => {
  const chosen = withFaults(standard, [{ kind: 'crash', module: 'orders' }]);
  expect(faultsOf(followCuts(shop, chosen, withSecond(chosen, out('payments'))))).toEqual(['crash orders']);
  const renamed = { ...standard, title: 'Another' };
  expect(followCuts(shop, standard, renamed)).toBe(renamed);
  const none = withFaults(standard, []);
  expect(faultsOf(followCuts(shop, none, withSecond(none, out('payments'))))).toEqual([]);
});
