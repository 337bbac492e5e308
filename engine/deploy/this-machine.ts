import { systemClock } from '../clock/index.ts';
import { thisMachine } from '../machine/index.ts';
import { openRuntime } from '../runtime/index.ts';
import { bundleUnits } from './bundle.ts';
import type { Laboratory } from './laboratory.ts';

/** A laboratory with this machine's clock, processors, bundler and engines. */
export function laboratoryOfThisMachine(
  places: Omit<Laboratory, 'bundle' | 'clock' | 'machine' | 'openRuntime'>,
): Laboratory {
  return {
    ...places,
    bundle: (application, units) => bundleUnits(places.applicationsDirectory, application, units),
    clock: systemClock,
    machine: thisMachine,
    openRuntime: (choice, wish) =>
      openRuntime(choice, {
        ...wish,
        nodePath: places.nodePath,
        stateDir: places.stateDirectory,
        workDir: places.workDirectory,
      }),
  };
}
