import { decimalFigure, own, percentFigure, type Application } from '../../model/index.ts';
import type { StructureNumbers } from './numbers.ts';
import { fewestChanges, type Association, type Foretelling, type Foretold, type ReachSummary } from './reach.ts';

/** What a unit is called: after its module where it has one alone. */
export function unitTitle(
  application: Application,
  { name, modules }: Pick<StructureNumbers, 'name' | 'modules'>,
): string {
  const [only, more] = modules;
  return only === undefined || more !== undefined ? name : (own(application.modules, only)?.title ?? name);
}

/** Who leans on whom in a cut, in a sentence: of the unit that most others call. */
export function couplingInWords(cut: string, application: Application, units: readonly StructureNumbers[]): string {
  if (units.length === 1) return `In ${cut} everything is one unit: no call leaves it, and a change concerns no other.`;
  const most = units.toSorted((a, b) => b.consumers.length - a.consumers.length)[0];
  if (most === undefined || most.consumers.length === 0) return `In ${cut} no unit calls another.`;
  const { consumers, providers } = most;
  return `In ${cut}, ${unitTitle(application, most)} is called by ${unitsInWords(consumers.length)} and calls ${
    providers.length === 0 ? 'none' : providers.length
  }; a change of its contract may concern ${consumers.length} ${consumers.length === 1 ? 'other' : 'others'}: ${consumers.join(', ')}.`;
}

const unitsInWords = (count: number): string => `${count} unit${count === 1 ? '' : 's'}`;

/** How far changes reach in a cut. */
export function reachInWords(cut: string, { changes, within, meanUnits }: ReachSummary, units: number): string {
  if (changes === 0 || meanUnits === null) return `${cut}: no changes are named`;
  return `${cut}: ${within} of ${changes} changes (${percentFigure(within / changes, 0)} %) stay within one unit; on average ${decimalFigure(meanUnits, 2)} of ${units} get another program`;
}

const numberWords: Record<Foretelling, string> = {
  consumers: 'modules that call the changed one',
  lines: 'lines of the changed module',
};

const foretoldWords: Record<Foretold, string> = {
  rebuilt: 'units rebuilt',
  'at-once': 'units that had to go out at once, as seen',
};

/** Whether a number of the changed module foretells how many units go with the change, and how far that can be trusted. */
export function associationInWords(cut: string, { of, foretells, n, rho, interval, says }: Association): string {
  const what = `${cut}, ${numberWords[of]} and ${foretoldWords[foretells]}`;
  const figures =
    rho === null || interval === null
      ? ''
      : `rank correlation ${decimalFigure(rho, 2, [1])}, 95 % interval ${decimalFigure(interval.low, 2, [1])} to ${decimalFigure(interval.high, 2, [1])}, n = ${n}`;
  switch (says) {
    case 'few':
      return `${what}: not told, ${n} change${n === 1 ? ' is' : 's are'} too few (at least ${fewestChanges})`;
    case 'constant':
      return `${what}: not told, because one of both is the same for all ${n} changes`;
    case 'unclear':
      return `${what}: ${figures}; that does not tell whether they go together`;
    case 'rises':
      return `${what}: ${figures}; the more of the one, the more of the other`;
    case 'falls':
      return `${what}: ${figures}; the more of the one, the fewer of the other`;
    default:
      return says satisfies never;
  }
}
