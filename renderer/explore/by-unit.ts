import {
  unitsOfFault,
  type Application,
  type ExploreState,
  type ExploreUnit,
  type Fault,
  type UnitState,
} from '../../engine/model/index.ts';
import { stateTogether } from '../shared/unit-words.ts';

/** A unit with its instances. */
export interface ShownUnit {
  name: string;
  modules: readonly string[];
  instances: readonly ExploreUnit[];
  /** Of all of them together. */
  state: UnitState;
  restarts: number;
}

/** The units of the deployed cut, also those of which no instance runs. Pure. */
export function byUnit({ phase, topology, units }: Pick<ExploreState, 'phase' | 'topology' | 'units'>): ShownUnit[] {
  return (topology?.units ?? []).map(({ name, modules }) => {
    const instances = units.filter((one) => one.name === name);
    return {
      ...{ name, modules, instances },
      state:
        instances.length === 0 && phase === 'starting'
          ? 'creating'
          : stateTogether(instances.map(({ state }) => state)),
      restarts: instances.reduce((sum, { restarts }) => sum + restarts, 0),
    };
  });
}

/** How many instances the unit has that a fault is done to. Pure. */
export function instancesHit(
  fault: Fault,
  { topology, units }: Pick<ExploreState, 'topology' | 'units'>,
  application: Application,
): number {
  if (topology === null) return 0;
  const [unit] = unitsOfFault(fault, topology, application);
  return units.filter(({ name }) => name === unit).length;
}
