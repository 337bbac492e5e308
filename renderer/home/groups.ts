import type { Scenario } from '../shared/scenarios.ts';

/** Scenarios that serve one purpose. */
export interface ScenarioGroup {
  title: string;
  lead: string;
  scenarios: Scenario[];
}

const purposes = [
  { title: 'Try', lead: 'See that everything works, and what comes out.', names: ['smoke'] },
  {
    title: 'Decide',
    lead: 'Should it be split? From a first answer to one that holds up in a review.',
    names: ['quick', 'standard', 'thorough', 'faults', 'release', 'scaling', 'swap', 'diagnosis'],
  },
] as const;

/** The scenarios by purpose, each in exactly one group; what is made for no decision is for study. Pure. */
export function groupsOf(scenarios: readonly Scenario[]): ScenarioGroup[] {
  const named = purposes.map(({ title, lead, names }) => ({
    ...{ title, lead },
    scenarios: names.flatMap((name) => scenarios.filter((scenario) => scenario.name === name)),
  }));
  const taken = new Set(named.flatMap((group) => group.scenarios));
  const rest = {
    title: 'Study',
    lead: 'One claim about splitting at a time, put to the test.',
    scenarios: scenarios.filter((scenario) => !taken.has(scenario)),
  };
  return [...named, rest].filter((group) => group.scenarios.length > 0);
}
