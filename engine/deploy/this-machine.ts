import { systemClock } from '../clock/index.ts';
import { compareDocuments, describeOffers } from '../contracts/index.ts';
import { thisMachine } from '../machine/index.ts';
import { openRuntime } from '../runtime/index.ts';
import { bundleDescription, bundleUnits } from './bundle.ts';
import { editSources } from './edit.ts';
import type { Laboratory } from './laboratory.ts';

/** A laboratory with this machine's clock, processors, bundler, comparing program and engines. */
export function laboratoryOfThisMachine(
  places: Omit<
    Laboratory,
    'bundle' | 'bundleDescription' | 'edit' | 'compare' | 'offers' | 'clock' | 'machine' | 'openRuntime'
  >,
): Laboratory {
  const describe: Laboratory['bundleDescription'] = (application, unit, edit) =>
    bundleDescription(places.applicationsDirectory, application, unit, edit);
  return {
    ...places,
    bundle: (application, units, options) => bundleUnits(places, application, units, options),
    bundleDescription: describe,
    edit: (application, changes) => editSources(places.applicationsDirectory, application, changes),
    compare: compareDocuments,
    offers: (application, signal) => describeOffers({ ...places, bundleDescription: describe }, application, signal),
    clock: systemClock,
    machine: thisMachine,
    openRuntime: (choice, wish) =>
      openRuntime(choice, {
        ...wish,
        needsContainers: places.applicationsAreOthers ?? false,
        nodePath: places.nodePath,
        dataDir: places.dataDirectory,
        stateDir: places.stateDirectory,
        workDir: places.workDirectory,
      }),
  };
}
