import { grouped } from './grouped.ts';
import { firstDifference } from './settings.ts';
import type { PoolSource } from './source.ts';
import type { Pooled } from './types.ts';

/** Which results are pooled, sorted so that it does not matter how they were given, and why the others are not. Pure. */
export function chooseSources(given: readonly PoolSource[]): { chosen: PoolSource[]; left: Pooled['left'] } {
  const left: Pooled['left'] = [];
  const usable = sorted(given).filter((source) => {
    const because = whyUnusable(source);
    if (because !== null) left.push({ name: source.name, because });
    return because === null;
  });
  const once = usable.filter((source) => {
    const [most = source] = usable
      .filter(({ run }) => run === source.run)
      .toSorted((one, other) => other.rounds - one.rounds);
    if (most !== source) left.push({ name: source.name, because: whyTwice(source, most) });
    return most === source;
  });
  const groups = grouped(once, keyOf);
  const [chosen = []] = [...groups.values()].toSorted(
    (one, other) =>
      machinesIn(other) - machinesIn(one) ||
      other.length - one.length ||
      newestIn(other).localeCompare(newestIn(one)) ||
      (keyIn(one) < keyIn(other) ? -1 : 1),
  );
  const [first] = chosen;
  if (first !== undefined)
    for (const source of once)
      if (!chosen.includes(source)) left.push({ name: source.name, because: whyOther(source, first) });
  return { chosen, left };
}

/** Each a source of its own, also where one is given twice. */
function sorted(sources: readonly PoolSource[]): PoolSource[] {
  const key = ({ machine, startedAt, id, name }: PoolSource): string => [machine, startedAt, id, name].join('\n');
  return sources.map((source) => ({ ...source })).toSorted((one, other) => (key(one) < key(other) ? -1 : 1));
}

function whyUnusable({ rules, findings }: PoolSource): string | null {
  if (rules !== 2)
    return `It was judged by the rules of version ${rules}; only results of the rules of version 2 are pooled.`;
  return findings.some(({ effect }) => effect !== null) ? null : 'It has no findings: nothing in it was compared.';
}

const keyOf = ({ application, sourceHash, settings }: PoolSource): string =>
  JSON.stringify([application, sourceHash, [...settings].toSorted(([one], [other]) => (one < other ? -1 : 1))]);

const keyIn = ([first]: readonly PoolSource[]): string => (first === undefined ? '' : keyOf(first));

const machinesIn = (sources: readonly PoolSource[]): number => new Set(sources.map(({ machine }) => machine)).size;

const newestIn = (sources: readonly PoolSource[]): string =>
  sources
    .map(({ startedAt }) => startedAt)
    .toSorted()
    .at(-1) ?? '';

function whyOther(source: PoolSource, first: PoolSource): string {
  if (source.application !== first.application)
    return `It measured the application "${source.application}", the others "${first.application}".`;
  if (source.sourceHash !== first.sourceHash)
    return `It measured another source: ${short(source.sourceHash)}, the others ${short(first.sourceHash)}.`;
  const difference = firstDifference(source.settings, first.settings);
  if (difference === null) return 'It ran with other settings.';
  const { path, value, other, count } = difference;
  const more = count === 1 ? '' : `, and ${count - 1} more ${count === 2 ? 'differs' : 'differ'}`;
  return `It ran with other settings: ${path} is ${value}, in the others ${other}${more}.`;
}

function whyTwice({ name }: PoolSource, most: PoolSource): string {
  return `${name === most.name ? 'It is there twice' : `It is the same run as ${most.name}`}, and a run counts once.`;
}

const short = (hash: string): string => hash.slice(0, 12);
