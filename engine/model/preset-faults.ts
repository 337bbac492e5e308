import { endpointWeights, type Application } from './application.ts';
import type { Fault } from './fault.ts';
import { own } from './own.ts';

/** Where faults teach the most. */
export interface FaultTargets {
  entry: string;
  /** The module with the most traffic that can do without it. */
  optional: string;
  /** The module without which the smallest part of the traffic fails. */
  required: string;
}

/** Chooses the modules to break from the declared map, by traffic; ties go to the one declared first. Falls back on the entry in an application without others. */
export function faultTargets(application: Application): FaultTargets {
  const weights = endpointWeights(application);
  const traffic = (module: string, need?: 'required' | 'optional') =>
    Object.entries(application.endpoints).reduce((sum, [name, { needs }]) => {
      const declared = own(needs, module);
      return declared === undefined || (need !== undefined && declared !== need)
        ? sum
        : sum + (own(weights, name) ?? 0);
    }, 0);
  const modules = Object.keys(application.modules).filter((name) => name !== application.entry);
  const best = (candidates: string[], rank: (module: string) => number) =>
    candidates.reduce<string | undefined>(
      (held, next) => (held === undefined || rank(next) > rank(held) ? next : held),
      undefined,
    );
  const optional = best(
    modules.filter((module) => traffic(module, 'optional') > 0),
    (module) => traffic(module, 'optional'),
  );
  const required = best(
    modules.filter((module) => module !== optional && traffic(module, 'required') > 0),
    (module) => -traffic(module),
  );
  const fallback = modules[0] ?? application.entry;
  return {
    entry: application.entry,
    optional: optional ?? required ?? fallback,
    required: required ?? optional ?? fallback,
  };
}

/** The three faults every comparison begins with: a crash that heals itself, a hang, and 200 ms more. */
export function basicFaults(application: Application): Fault[] {
  const { optional, required } = faultTargets(application);
  return [
    { kind: 'crash', module: optional },
    { kind: 'hang', module: required },
    { kind: 'slow', module: optional, delayMs: 200 },
  ];
}
