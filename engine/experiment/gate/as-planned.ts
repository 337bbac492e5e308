import { isDeepStrictEqual } from 'node:util';
import type { GateCheck, SeenFacts } from '../../model/index.ts';
import type { GateInputs, VariantFacts } from './facts.ts';
import { asSeen, check, isDeclared, same, type Outcome } from './same.ts';

/** Something that all variants are given alike, and that their running units show. */
export interface Given {
  name: string;
  title: string;
  /** What was planned; null: this runtime is not asked for it. */
  planned: (facts: VariantFacts) => string | null;
  /** What the units show, each value once; null: they do not show it. */
  seen: (seen: SeenFacts, facts: VariantFacts) => readonly string[] | null;
  /** How a variant's units are unlike the plan, in words, where that is not plain from the values; null: they are not. */
  unlike?: (seen: SeenFacts, facts: VariantFacts) => string | null;
  /** Whether the plan names it as units do; it does where this is not given. */
  isNamedAlike?: (facts: VariantFacts) => boolean;
  words: (values: readonly string[]) => string;
  /** The value of units that have no such limit. */
  unlimited?: string;
}

/**
 * Holds what running units show against each other and against the plan. `unknown` wherever some unit shows nothing, or where none is held to anything because nothing was planned: that
 * no two were seen to differ is not that they were seen to be alike.
 */
export function asPlanned(inputs: GateInputs, given: Given): GateCheck {
  const { name, title } = given;
  const outcome = (status: GateCheck['status'], detail: string) => check(name, title, { status, detail });
  const all = inputs.variants.map((facts) => ({
    facts,
    of: facts.variant.name,
    planned: given.planned(facts),
    seen: facts.seen === null ? null : given.seen(facts.seen, facts),
  }));
  const shown = all.filter(({ seen }) => seen !== null);
  const ofPlan = same(inputs, name, title, given.planned, (value) => given.words([value]));
  if (shown.length === 0) return { ...ofPlan, ...neverSeen(inputs, ofPlan) };
  const ofShown = same(
    { ...inputs, variants: shown.map(({ facts }) => facts) },
    name,
    title,
    (facts) => (facts.seen === null ? null : given.seen(facts.seen, facts)),
    given.words,
  );
  if (ofShown.status === 'fail' || ofShown.status === 'declared') return ofShown;
  const off = shown.flatMap(({ facts, of, planned, seen }) => {
    const unlike = facts.seen === null ? null : (given.unlike?.(facts.seen, facts) ?? null);
    if (unlike !== null) return [`${of}: ${unlike}`];
    if (given.isNamedAlike?.(facts) === false || planned === null || isDeepStrictEqual(seen, [planned])) return [];
    return [`${of}: ${given.words(seen ?? [])}, planned: ${given.words([planned])}`];
  });
  if (off.length > 0) return outcome(isDeclared(inputs, name) ? 'declared' : 'fail', off.join('; '));
  if (shown.length < all.length) {
    const blind = all.filter(({ seen }) => seen === null).map(({ of }) => of);
    return outcome('unknown', `${ofShown.detail}, but cannot be told for ${blind.join(', ')}`);
  }
  if (shown.some(({ seen }) => given.unlimited !== undefined && seen?.includes(given.unlimited)))
    return outcome('unknown', `${ofShown.detail}; this runtime is not asked for more`);
  return outcome('pass', `${ofShown.detail}, ${asSeen}`);
}

/** Before units run there is only the plan; once they do, a plan that none of them shows is not known to be kept. */
function neverSeen({ variants }: GateInputs, { status, detail }: GateCheck): Outcome {
  if (status !== 'pass') return { status, detail };
  if (variants.every(({ seen }) => seen === null)) return { status, detail: `${detail}, the same by construction` };
  return { status: 'unknown', detail: `${detail} by construction, but running units do not show it` };
}
