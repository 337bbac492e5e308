import { isDeepStrictEqual } from 'node:util';
import type { GateCheck } from '../../model/index.ts';
import type { GateInputs, VariantFacts } from './facts.ts';

export type Outcome = Pick<GateCheck, 'status' | 'detail'>;

/** Lines about nothing but what running units show. */
const ofUnits = new Set(['base', 'node', 'limits', 'surroundings']);

export const asSeen = 'as seen in every running unit';

export function check(name: string, title: string, outcome: Outcome): GateCheck {
  return { name, title, ...outcome };
}

export function isDeclared({ declared }: GateInputs, name: string): boolean {
  return declared.includes(name);
}

/** One line: the same value of every variant; `unknown` as soon as one is not known. */
export function same<T>(
  inputs: GateInputs,
  name: string,
  title: string,
  read: (facts: VariantFacts) => T | null,
  words: (value: T) => string,
): GateCheck {
  const values = inputs.variants.map((facts) => ({ name: facts.variant.name, value: read(facts) }));
  const [first] = values;
  if (first === undefined) return check(name, title, { status: 'unknown', detail: 'there is no variant' });
  const unknown = values.filter(({ value }) => value === null);
  if (first.value === null || unknown.length > 0) {
    const whose = unknown.length === values.length ? '' : ` for ${unknown.map((one) => one.name).join(', ')}`;
    const early = ofUnits.has(name) && inputs.variants.every(({ seen }) => seen === null);
    const detail = early ? 'not known before the units run' : `cannot be told here${whose}`;
    return check(name, title, { status: 'unknown', detail });
  }
  const others = values.filter(({ value }) => !isDeepStrictEqual(value, first.value));
  if (others.length === 0) return check(name, title, { status: 'pass', detail: words(first.value) });
  const detail = values.map((one) => `${one.name}: ${one.value === null ? 'unknown' : words(one.value)}`).join('; ');
  return check(name, title, { status: isDeclared(inputs, name) ? 'declared' : 'fail', detail });
}
