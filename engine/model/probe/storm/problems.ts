import type { FieldProblem } from '../../field-problem.ts';
import type { ProblemContext } from '../description.ts';
import { faultProblems } from '../fault-problems.ts';
import { factorProblems } from '../rate.ts';
import type { StormSettings } from './settings.ts';

/** Chance makes more of a load's rate from one second to the next. */
const leastSpikeFactor = 1.1;

/** What makes a storm without a spike or without a fault of it, or keeps either from being done. */
export function stormProblems(
  { fault, spikeFactor }: StormSettings,
  { application, load }: ProblemContext,
): FieldProblem[] {
  const path = 'probes.storm.fault';
  const spike = 'probes.storm.spikeFactor';
  return [
    ...(spikeFactor < leastSpikeFactor
      ? [{ path: spike, problem: `${spikeFactor} times the load is no spike; allowed: ${leastSpikeFactor} to 50` }]
      : factorProblems(spike, spikeFactor, load)),
    ...(fault.kind === 'none'
      ? [{ path: `${path}.kind`, problem: '"none" does nothing, and a storm has a fault; allowed: any other kind' }]
      : []),
    ...faultProblems(fault, application, path),
  ];
}
