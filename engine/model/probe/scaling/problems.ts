import type { FieldProblem } from '../../field-problem.ts';
import { own } from '../../own.ts';
import type { ProblemContext } from '../description.ts';
import { rateSearchProblems } from '../rate-search.ts';
import { endpointsOf } from './hot.ts';
import type { ScalingSettings } from './settings.ts';

/** What keeps anything from being scaled, or a load from being skewed. */
export function scalingProblems(
  { hot, search }: ScalingSettings,
  { application, variants }: ProblemContext,
): FieldProblem[] {
  const path = 'probes.scaling.hot';
  if (own(application.modules, hot) === undefined)
    return [{ path, problem: `unknown module "${hot}"; allowed: ${Object.keys(application.modules).join(', ')}` }];
  const problems = rateSearchProblems(search, 'probes.scaling.search');
  const { hot: needing, all } = endpointsOf(application, hot);
  if (needing.length === 0 || needing.length === all.length)
    problems.push({
      path,
      problem: `${needing.length === 0 ? 'no' : 'every'} endpoint that journeys ask needs "${hot}", so no load is skewed to it; allowed: a module that some of them need`,
    });
  const several = variants.some(({ topology }) =>
    topology.units.some(({ modules, instances = 1 }) => instances > 1 && modules.includes(hot)),
  );
  if (!several)
    problems.push({
      path,
      problem: `no variant has several instances of the unit with "${hot}", so nothing would be scaled; allowed: a cut as in monolith=all*4:a+b, or a number of instances drawn in Cuts`,
    });
  return [...problems, ...storeProblems(variants)];
}

/** A server does outside of the budget what is done inside of it where each unit has a file. */
function storeProblems(variants: ProblemContext['variants']): FieldProblem[] {
  const stores = new Set(variants.map(({ settings }) => settings.store));
  if (stores.size < 2) return [];
  const each = variants.map(({ name, settings }) => `"${name}": ${settings.store}`).join(', ');
  return [
    {
      path: 'probes.scaling.cpuShare',
      problem: `variants have different stores (${each}), and what a database server uses of the CPU is not held to this share, so budgets would not be equal; allowed: the same store in every variant`,
    },
  ];
}
