import type { Application, Need } from './application.ts';
import type { Topology } from './topology.ts';

/** One use of a module by another, and what a cut makes of it. */
export interface CallInCut {
  from: string;
  to: string;
  /** Mean calls per call of the caller, by the manifest. */
  callsPerRequest: number;
  need: Need;
  fromUnit: string;
  toUnit: string;
  /** Whether it goes over the network; else it is a function call. */
  crosses: boolean;
}

/** Every call between modules that the manifest declares, in its order. The calls are the same in every cut; which of them cross is not. Pure. */
export function callsInCut({ modules }: Pick<Application, 'modules'>, { units }: Topology): CallInCut[] {
  const home = new Map(units.flatMap((unit) => unit.modules.map((module) => [module, unit.name] as const)));
  return Object.entries(modules).flatMap(([from, { uses }]) =>
    uses.map(({ module: to, callsPerRequest, need }) => {
      const [fromUnit, toUnit] = [home.get(from) ?? '', home.get(to) ?? ''];
      return { from, to, callsPerRequest, need, fromUnit, toUnit, crosses: fromUnit !== toUnit };
    }),
  );
}
