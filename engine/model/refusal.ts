import type { Application } from './application.ts';
import type { ExploreState } from './bridge.ts';
import { changeTitle } from './change-words.ts';
import { releaseInWords, type ReleaseByHand } from './explore-release.ts';
import { faultInWords, moduleTitle } from './fault-words.ts';
import type { Fault } from './fault.ts';
import { own } from './own.ts';
import { replacementInWords, touches, type Replacement } from './replacement-words.ts';
import type { ReplacementStrategy } from './replacement.ts';
import type { Topology } from './topology.ts';
import { isShared, unitOf, writersIn } from './unit.ts';

/** Instances of a unit at most that a person starts or draws: enough to see what several do, and few enough for one machine. */
export const mostInstancesByHand = 8;

/** Why something is not done: one sentence, and what to do next. */
export interface Refusal {
  message: string;
  nextStep: string;
}

/** A deployment as far as it speaks for or against what a person does to it. */
export type Deployed = Pick<ExploreState, 'units' | 'replacement' | 'release' | 'live'> & {
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
    underWay(deployed, application) ??
    brokenIn((unit) => touches(replacement, unit), deployed, application) ??
    impossible(replacement, deployed, application)
  );
}

/** Why nothing is broken so while instances are being replaced; null where it can be. Pure. */
export function faultRefusal(fault: Fault, deployed: Deployed, application: Application): Refusal | null {
  const { replacement, release, topology } = deployed;
  const now = underWay(deployed, application);
  // A release may get into any of them.
  if (now === null || replacement === null || release?.end === null) return now;
  return unitsOfFault(fault, topology, application).some((unit) => touches(replacement.what, unit)) ? now : null;
}

/** Why a change is not released or taken back so right now; null where it can be. Pure. */
export function releaseRefusal(
  what: ReleaseByHand,
  strategy: ReplacementStrategy,
  deployed: Deployed,
  application: Application,
): Refusal | null {
  const { changes = {} } = application;
  if (own(changes, what.change) === undefined)
    return {
      message: `There is no change "${what.change}"; there are ${Object.keys(changes).join(', ') || 'none'}.`,
      nextStep: 'Choose one of them.',
    };
  return (
    underWay(deployed, application) ??
    brokenIn(() => true, deployed, application) ??
    notNext(what, deployed, application) ??
    // What a release left without an instance is started again where it is taken back.
    (deployed.live.halfWay ? null : nothingServes(() => true, strategy, deployed))
  );
}

/** One change is live at a time, with those it builds on. */
function notNext({ kind }: ReleaseByHand, { live }: Deployed, application: Application): Refusal | null {
  const last = live.changes.at(-1);
  if (kind === 'take-back')
    return last !== undefined || live.halfWay
      ? null
      : { message: 'No change is live that could be taken back.', nextStep: 'Release one first.' };
  if (live.halfWay) return { message: 'The last release ended half-way.', nextStep: 'Take it back first.' };
  if (last === undefined) return null;
  return { message: `"${changeTitle(application, last)}" is live.`, nextStep: 'Take it back first.' };
}

/** The units that a fault has to do with, the one that it is done to first. Pure; the fault's modules are in the topology. */
export function unitsOfFault({ kind, module, peer }: Fault, topology: Topology, { entry }: Application): string[] {
  const home = unitOf(topology, module).name;
  if (kind !== 'partition') return [home];
  const other = unitOf(topology, peer ?? entry).name;
  // The entry's unit is never the one that is cut off.
  return home === unitOf(topology, entry).name ? [other, home] : [home, other];
}

function underWay({ replacement, release }: Deployed, application: Application): Refusal | null {
  if (release?.end === null)
    return {
      message: `${releaseInWords(release.what, 'under-way', application)}.`,
      nextStep: 'Wait until that has ended, or cancel it.',
    };
  if (replacement === null || replacement.end !== null) return null;
  return { message: `${replacementInWords(replacement.what, 'under-way')}.`, nextStep: 'Wait until that has ended.' };
}

function brokenIn(
  isMeant: (unit: string) => boolean,
  { topology, faults }: Deployed,
  application: Application,
): Refusal | null {
  for (const { fault } of faults) {
    const unit = unitsOfFault(fault, topology, application).find(isMeant);
    if (unit !== undefined)
      return {
        message: `Something is broken in ${unit}: ${faultInWords(fault)}.`,
        nextStep: 'Undo the fault first.',
      };
  }
  return null;
}

const countIn = ({ units }: Pick<Deployed, 'units'>, unit: string): number =>
  units.filter(({ name, state }) => name === unit && state !== 'stopped').length;

function nothingServes(
  isMeant: (unit: string) => boolean,
  strategy: ReplacementStrategy,
  deployed: Deployed,
): Refusal | null {
  const none = deployed.topology.units.find(({ name }) => isMeant(name) && countIn(deployed, name) === 0);
  if (none === undefined || strategy !== 'rolling') return null;
  return {
    message: `No instance of ${none.name} runs that could go on serving.`,
    nextStep: 'Stop and start it.',
  };
}

function impossible(replacement: Replacement, deployed: Deployed, application: Application): Refusal | null {
  const { topology } = deployed;
  const countOf = (name: string): number => countIn(deployed, name);
  switch (replacement.kind) {
    case 'replace':
      return nothingServes((unit) => touches(replacement, unit), replacement.strategy, deployed);
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

/** Why a unit can have one instance only with that store, one sentence; null where it may have several. Pure. */
export function whyOneInstance(
  unit: Topology['units'][number],
  application: Application,
  store = 'sqlite',
): string | null {
  if (isShared(store)) return null;
  const writers = writersIn(unit, application).map((module) => own(application.modules, module)?.title ?? module);
  if (writers.length === 0) return null;
  return `${writers.join(', ')} write${writers.length === 1 ? 's' : ''} to a store that instances can share only with PostgreSQL.`;
}
