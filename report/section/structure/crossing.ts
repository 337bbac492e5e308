import { callsInCut, own, type Result } from '../../../engine/model/index.ts';
import { sum } from '../../data/numbers.ts';
import { remember } from '../../data/remember.ts';
import { variantsOf, type VariantView } from '../../data/variants.ts';
import { plural } from '../../format/index.ts';
import { seenCalls } from './data.ts';

/** What a variant makes of one call between modules. */
export interface CrossedCall {
  crosses: boolean;
  /** How long the caller waited for one such call, with all that it led to, ms, mean over those that were followed; null where none was. */
  callMs: number | null;
}

/** The calls that the manifest declares, and what each variant makes of them, in the order of the calls. */
export interface Crossings {
  calls: { from: string; to: string }[];
  variants: { variant: VariantView; calls: CrossedCall[] }[];
}

/** Null where no two variants differ in which calls cross the network. */
export const crossingsOf = remember((result: Result): Crossings | null => {
  const { application, experiment } = result;
  const variants = variantsOf(result).flatMap((variant) => {
    const topology = experiment.variants[variant.index]?.topology;
    if (topology === undefined) return [];
    const seen = seenCalls(variant) ?? [];
    const calls = callsInCut(application, topology).map(({ from, to, crosses }) => {
      const followed = seen.filter((edge) => edge.from === from && edge.to === to);
      const count = sum(followed.map(({ callsPerJourney }) => callsPerJourney));
      return { from, to, crosses, callMs: count > 0 ? sum(followed.map(({ totalMs }) => totalMs)) / count : null };
    });
    return [{ variant, calls }];
  });
  const patterns = new Set(variants.map(({ calls }) => calls.map(({ crosses }) => (crosses ? 1 : 0)).join('')));
  if (patterns.size < 2) return null;
  const titleOf = (module: string): string => own(application.modules, module)?.title ?? module;
  const calls = (variants[0]?.calls ?? []).map(({ from, to }) => ({ from: titleOf(from), to: titleOf(to) }));
  return { calls, variants };
});

/** How many of the calls go over the network in one variant, in a sentence. Pure. */
export function crossingInWords({ variant, calls }: Crossings['variants'][number]): string {
  const crossing = calls.filter(({ crosses }) => crosses).length;
  const all = plural(calls.length, 'call');
  if (crossing === 0) return `${variant.title}: none of ${all} goes over the network; all are function calls.`;
  if (crossing === calls.length) return `${variant.title}: all of ${all} go over the network.`;
  return `${variant.title}: ${crossing} of ${all} ${crossing === 1 ? 'goes' : 'go'} over the network; the others are function calls.`;
}
