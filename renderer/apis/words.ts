import {
  own,
  type ApiAnswer,
  type Application,
  type CallInCut,
  type Repetition,
  type UnitDocument,
} from '../../engine/model/index.ts';
import { formatMs, plural } from '../../report/index.ts';

/** What stands for how often an operation may be asked. */
export const repeatWords: Record<Repetition, { text: string; meaning: string }> = {
  safe: {
    text: 'may be repeated',
    meaning: 'Who got no answer may ask again: asking twice does no more than asking once.',
  },
  'with-key': {
    text: 'may be repeated with its key',
    meaning:
      'Each request carries a key. Who got no answer asks again with the same key and gets the answer of the first; without a key it must not be repeated.',
  },
  never: {
    text: 'must not be repeated',
    meaning: 'Who got no answer cannot know whether it was done, and asking again may do it twice.',
  },
};

/** What a cut makes of the calls between modules, in a sentence or two. Pure. */
export function cutInWords(calls: readonly CallInCut[], units: number): string {
  const crossing = calls.filter(({ crosses }) => crosses).length;
  const all = `${plural(calls.length, 'call')} between modules`;
  if (calls.length === 0) return 'No module calls another.';
  if (crossing === 0)
    return `${all}, as in every cut, and all of them function calls inside ${units === 1 ? 'one unit' : 'a unit'}: the modules have the same APIs, and nothing goes over the network.`;
  if (crossing === calls.length) return `${all}, as in every cut, and all of them go over the network.`;
  return `${all}, as in every cut: ${crossing} ${crossing === 1 ? 'goes' : 'go'} over the network, ${calls.length - crossing} ${calls.length - crossing === 1 ? 'stays a function call' : 'stay function calls'} inside a unit.`;
}

/** Who calls a module, with what a cut makes of that. Pure. */
export function callersInWords(module: string, calls: readonly CallInCut[], application: Application): string {
  const callers = calls.filter(({ to }) => to === module);
  if (callers.length === 0) return 'No other module calls it.';
  const told = callers.map(
    ({ from, callsPerRequest, crosses }) =>
      `${titleOf(application, from)} (${callsPerRequest} a request, ${crosses ? 'over the network' : 'as a function'})`,
  );
  return `Called by ${told.join(', ')}.`;
}

/** What came back, in a sentence; `expected`: the status that the example names. Pure. */
export function answerInWords({ status, unit, topology, tookMs }: ApiAnswer, expected: number): string {
  const says = status === expected ? 'as the example says' : `where the example says ${expected}`;
  const last = tookMs.at(-1);
  const which = tookMs.length > 1 ? `, the last of ${tookMs.length}` : '';
  const time = last === undefined ? '' : ` in ${formatMs(last)}`;
  return `${status}, ${says}, from unit ${unit} of ${topology.name}${which}${time}.`;
}

/** What was read of a unit's document, in a sentence. Pure. */
export function documentInWords({ topology, unit, parts, left }: UnitDocument): string {
  const addresses = parts.length + left - 1;
  const modules = topology.units.find(({ name }) => name === unit)?.modules.length ?? 0;
  return `Unit ${unit} of ${topology.name} serves ${plural(addresses, 'address', 'addresses')} for ${plural(modules, 'module')}.`;
}

/** What the times of a module in several cuts can differ by. Pure. */
export function comparedInWords(module: string, application: Application): string {
  const uses = own(application.modules, module)?.uses ?? [];
  const title = titleOf(application, module);
  const same =
    'Each was asked from beside the application, over a new connection, so every one of them crossed the network once, in any cut.';
  return uses.length === 0
    ? `${same} ${title} asks no other module: what a cut changes for it is only with whom it shares a process.`
    : `${same} What a cut changes is how ${title} gets at ${uses.map(({ module: used }) => titleOf(application, used)).join(', ')}: by a function call or over the network.`;
}

export function titleOf(application: Application, module: string): string {
  return own(application.modules, module)?.title ?? module;
}

/** JSON as people read it; other text as it is. Pure. */
export function readable(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
