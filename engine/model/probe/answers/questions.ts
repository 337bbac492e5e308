import { drawValue, type DrawnValue } from '../../draw.ts';
import { own } from '../../own.ts';
import { placeholder } from '../../placeholder.ts';
import { createRandom } from '../../random.ts';
import type { DrawnExample } from './measurement.ts';

export interface DrawnQuestion {
  operation: string;
  /** JSON. */
  body: string;
}

/** Question number `index` of a seed, from 0: it depends on nothing else, so that every deployment is asked the same. Throws where there is no example. */
export function questionAt(examples: readonly DrawnExample[], seed: number, index: number): DrawnQuestion {
  const example = examples[index % examples.length];
  if (example === undefined) throw new Error('there is no example to draw a question from');
  const random = createRandom(seed, 'question', index);
  const streams = { values: random, identities: random };
  const variables = Object.fromEntries(
    Object.entries(example.draw).map(([name, draw]) => [name, drawValue(draw, streams)]),
  );
  return { operation: example.operation, body: JSON.stringify(filled(example.input, variables)) };
}

/** A JSON value in which a text that is exactly `${name}` is the variable with its type, and others take it as text. */
function filled(value: unknown, variables: Readonly<Record<string, DrawnValue>>): unknown {
  if (typeof value === 'string') {
    const exact = /^\$\{([^}]*)\}$/.exec(value)?.[1];
    if (exact !== undefined) return own(variables, exact) ?? null;
    return value.replaceAll(placeholder, (_whole, name: string) => String(own(variables, name) ?? null));
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, variables));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, filled(item, variables)]));
  return value;
}
