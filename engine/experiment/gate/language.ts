import { isDeepStrictEqual } from 'node:util';
import { languagesIn, languageTitles, own, type GateCheck, type Language } from '../../model/index.ts';
import type { GateInputs, VariantFacts } from './facts.ts';
import { asSeen, check, isDeclared } from './same.ts';

const [name, title] = ['language', 'Same language of every module'];
/** What no two languages have alike, and no line below holds against such a unit. */
const theirOwn = 'base image, interpreter and environment of such units are their own';

/** In which language each module runs, where any runs in another than TypeScript; no line where none does. */
export function sameLanguage(inputs: GateInputs): GateCheck[] {
  if (inputs.variants.every((facts) => modulesIn(facts).length === 0)) return [];
  // Told against the one that has them all in TypeScript, whichever ran first.
  const first = inputs.variants.find((facts) => modulesIn(facts).length === 0) ?? inputs.variants[0];
  if (first === undefined) return [];
  const differing = inputs.variants.filter((facts) => !isDeepStrictEqual(planned(facts), planned(first)));
  if (differing.length > 0) {
    const detail = differing.map((facts) => `${facts.variant.name}: ${unlikeFirst(facts, first)}`).join('; ');
    const status = isDeclared(inputs, name) ? 'declared' : 'fail';
    return [check(name, title, { status, detail: `${detail}; ${theirOwn}${seenInWords(inputs)}` })];
  }
  const versions = inputs.variants.map(({ seen }) => versionsOf(seen));
  const shown = versions.filter((one) => one !== null);
  const alike = shown.every((one) => isDeepStrictEqual(one, shown[0]));
  const words = modulesIn(first).map((module) => `${module} in ${titleOf(first, module)}`);
  if (alike) return [check(name, title, { status: 'pass', detail: `${words.join(', ')}${seenInWords(inputs)}` })];
  const detail = inputs.variants.map(
    ({ variant }, index) => `${variant.name}: ${versions[index]?.join(', ') ?? 'not known'}`,
  );
  return [check(name, title, { status: isDeclared(inputs, name) ? 'declared' : 'fail', detail: detail.join('; ') })];
}

const planned = ({ variant }: VariantFacts): Record<string, Language> => languagesIn(variant.topology);
const modulesIn = (facts: VariantFacts): string[] => Object.keys(planned(facts));
const titleOf = (facts: VariantFacts, module: string): string =>
  languageTitles[own(planned(facts), module) ?? 'typescript'];

function unlikeFirst(facts: VariantFacts, first: VariantFacts): string {
  const modules = [...new Set([...modulesIn(facts), ...modulesIn(first)])];
  return modules
    .filter((module) => titleOf(facts, module) !== titleOf(first, module))
    .map((module) => `${module} in ${titleOf(facts, module)}, not ${titleOf(first, module)}`)
    .join(', ');
}

function versionsOf(seen: VariantFacts['seen']): string[] | null {
  return seen === null ? null : [...new Set(Object.values(seen.languages))].toSorted();
}

/** The versions that units told, once they did. */
function seenInWords({ variants }: GateInputs): string {
  const versions = [...new Set(variants.flatMap(({ seen }) => versionsOf(seen) ?? []))];
  return versions.length === 0
    ? ''
    : `; ${versions.toSorted().join(', ')}, ${asSeen.replace('every running unit', 'running units')}`;
}
