import {
  estimateRoundMs,
  faultsOfCuts,
  questionsOf,
  type Application,
  type Experiment,
  type Topology,
  type Variant,
} from '../../engine/model/index.ts';
import { moduleSwapped } from '../shared/languages.ts';
import { scenariosFor } from '../shared/scenarios.ts';
import { openDraft } from './draft-store.ts';

/** Variants for some cuts, with the settings of the experiment's first variant, so that only the cut differs. */
export function variantsOf(topologies: readonly Topology[], settings: Variant['settings']): Variant[] {
  return topologies.map((topology) => ({ name: topology.name, topology, settings: structuredClone(settings) }));
}

/** The experiment a new one starts from: the quick scenario, else any. */
function startingPoint(application: Application): Experiment | null {
  const scenarios = scenariosFor(application);
  return (scenarios.find((scenario) => scenario.name === 'quick') ?? scenarios[0])?.experiment ?? null;
}

/** The experiment that compares the cuts, broken where they differ; the first is the baseline. Null for an application without scenarios. Pure. */
export function comparisonOf(application: Application, topologies: readonly Topology[]): Experiment | null {
  const start = startingPoint(application);
  const settings = start?.variants[0]?.settings;
  if (start === null || settings === undefined) return null;
  const cuts = topologies.slice(0, 8);
  const { isolation } = start.probes;
  const probes = {
    ...start.probes,
    isolation: isolation === null ? null : { ...isolation, faults: faultsOfCuts(application, cuts) },
  };
  const swapped = moduleSwapped(application, cuts);
  return {
    ...start,
    // More faults make longer rounds, of which as many shall have time.
    budgetMs:
      start.budgetMs && Math.ceil((start.budgetMs * estimateRoundMs({ ...start, probes })) / estimateRoundMs(start)),
    name: 'comparison',
    title: topologies.map((topology) => topology.name).join(' against '),
    preset: null,
    probes: swapped === undefined ? probes : { ...probes, answers: questionsOf(swapped) },
    // In which language a module is belongs to its cut, and was picked with it.
    declaredDifferences: swapped === undefined ? start.declaredDifferences : ['language'],
    variants: variantsOf(cuts, settings),
  };
}

/** Opens a new experiment that compares the cuts; the first is the baseline. */
export function openComparison(
  application: Application,
  topologies: readonly Topology[],
  options: { unasked?: boolean } = {},
): void {
  const experiment = comparisonOf(application, topologies);
  if (experiment !== null) openDraft(experiment, options);
}

/** Opens a new experiment. */
export function openNew(application: Application): void {
  const start = startingPoint(application);
  if (start !== null) openDraft({ ...start, name: 'experiment', title: 'New experiment', preset: null });
}
