import type { Application } from './application.ts';
import type { ExploreState } from './bridge.ts';
import { faultInWords, moduleTitle } from './fault-words.ts';
import type { Fault } from './fault.ts';
import { own } from './own.ts';
import { replacementInWords, touches, type Replacement } from './replacement-words.ts';
import type { Topology } from './topology.ts';
import { unitOf, writersIn } from './unit.ts';

/** Instances of a unit at most that a person starts or draws: enough to see what several do, and few enough for one machine. */
export const mostInstancesByHand = 8;

/** Why something is not done: one sentence, and what to do next. */
export interface Refusal {
  message: string;
  nextStep: string;
}

type Deployed = Pick<ExploreState, 'units' | 'replacement'> & {
  topology: Topology;
  faults: readonly { fault: Fault }[];
};

/** Why nothing is replaced so right now; null where it can be. Pure. */
export function replacementRefusal(
  replacement: Replacement,
  deployed: Deployed,
  application: Application,
): Refusal | null {
  const { topology } = deployed;
  const units = topology.units.filter(({ name }) => touches(replacement, name));
  if (units.length === 0)
    return {
      message: `There is no unit "${replacement.unit}"; there are ${topology.units.map(({ name }) => name).join(', ')}.`,
      nextStep: 'Choose one of them.',
    };
  return (
    underWay(deployed) ?? brokenIn(replacement, deployed, application) ?? impossible(replacement, deployed, application)
  );
}

/** Why nothing is broken so while instances are being replaced; null where it can be. Pure. */
export function faultRefusal(fault: Fault, deployed: Deployed, application: Application): Refusal | null {
  const now = underWay(deployed);
  if (now === null || deployed.replacement === null) return null;
  const { what } = deployed.replacement;
  return unitsOfFault(fault, deployed.topology, application).some((unit) => touches(what, unit)) ? now : null;
}

/** The units that a fault has to do with, the one that it is done to first. Pure; the fault's modules are in the topology. */
export function unitsOfFault({ kind, module, peer }: Fault, topology: Topology, { entry }: Application): string[] {
  const home = unitOf(topology, module).name;
  if (kind !== 'partition') return [home];
  const other = unitOf(topology, peer ?? entry).name;
  // The entry's unit is never the one that is cut off.
  return home === unitOf(topology, entry).name ? [other, home] : [home, other];
}

function underWay({ replacement }: Pick<Deployed, 'replacement'>): Refusal | null {
  if (replacement === null || replacement.end !== null) return null;
  return { message: `${replacementInWords(replacement.what, 'under-way')}.`, nextStep: 'Wait until that has ended.' };
}

function brokenIn(replacement: Replacement, { topology, faults }: Deployed, application: Application): Refusal | null {
  for (const { fault } of faults) {
    const unit = unitsOfFault(fault, topology, application).find((one) => touches(replacement, one));
    if (unit !== undefined)
      return {
        message: `Something is broken in ${unit}: ${faultInWords(fault)}.`,
        nextStep: 'Undo the fault first.',
      };
  }
  return null;
}

function impossible(replacement: Replacement, { topology, units }: Deployed, application: Application): Refusal | null {
  const countOf = (name: string): number => units.filter((one) => one.name === name && one.state !== 'stopped').length;
  switch (replacement.kind) {
    case 'replace': {
      const none = topology.units.find(({ name }) => touches(replacement, name) && countOf(name) === 0);
      if (none === undefined || replacement.strategy !== 'rolling') return null;
      return {
        message: `No instance of ${none.name} runs that could go on serving.`,
        nextStep: 'Stop and start it.',
      };
    }
    case 'add': {
      const unit = topology.units.find(({ name }) => name === replacement.unit);
      const single = unit === undefined ? null : whyOneInstance(unit, application);
      if (single !== null) return { message: single, nextStep: 'It can be replaced.' };
      if (countOf(replacement.unit) === 0)
        return { message: `No instance of ${replacement.unit} runs.`, nextStep: 'Stop and start it.' };
      if (countOf(replacement.unit) < mostInstancesByHand) return null;
      return {
        message: `${moduleTitle(replacement.unit)} has ${mostInstancesByHand} instances already.`,
        nextStep: 'Take one back first.',
      };
    }
    case 'take-back':
      if (countOf(replacement.unit) > 1) return null;
      return {
        message: `${moduleTitle(replacement.unit)} has one instance, which stays.`,
        nextStep: 'It can be replaced.',
      };
    default:
      return replacement satisfies never;
  }
}

/** Why a unit can have one instance only, one sentence; null where it may have several. Pure. */
export function whyOneInstance(unit: Topology['units'][number], application: Application): string | null {
  const writers = writersIn(unit, application).map((module) => own(application.modules, module)?.title ?? module);
  if (writers.length === 0) return null;
  return `${writers.join(', ')} write${writers.length === 1 ? 's' : ''} to a store that instances would share.`;
}
