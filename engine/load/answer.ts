import type { CompiledStep } from './journey.ts';
import { canBeSent, canStandInHeader, type Variable, type Variables } from './template.ts';

/**
 * Whether an answer is what the step expects; captured variables go into `variables`, numbers as they were written. An answer whose captured
 * value cannot be put into a request has the wrong shape: no client could go on from it.
 */
export function judgeAnswer(
  step: CompiledStep,
  status: number,
  body: string | null,
  variables: Variables,
): 'expected' | 'status' | 'shape' {
  if (!step.expectedStatus.includes(status)) return 'status';
  if (!step.needsBody) return 'expected';
  if (body === null || (step.text !== null && !body.includes(step.text))) return 'shape';
  if (!step.needsJson) return 'expected';
  const json = parseJson(body);
  for (const field of step.fields) if (childOf(json, field) === undefined) return 'shape';
  for (const { name, path, inHeader } of step.captures) {
    const plain = path.reduce(childOf, json);
    const found = holdsNumber(plain) ? path.reduce(childOf, parseExactly(body)) : plain;
    if (found === undefined) return 'shape';
    const value = found as Variable;
    if (!canBeSent(value) || (inHeader && !canStandInHeader(value))) return 'shape';
    variables[name] = value;
  }
  return 'expected';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether there is a number in it; a list or an object is only said to have one. */
function holdsNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'object' && value !== null);
}

/** What the reviver of `JSON.parse` is told besides, and its counterpart (ECMAScript proposal "JSON.parse source text access"). */
interface SourceText {
  readonly source?: string;
}
declare global {
  interface JSON {
    rawJSON(text: string): object;
  }
}

/**
 * The same, with every number as its own text: a number of JavaScript has 53 bits and an end, an identity on the wire has neither. Reading
 * this way takes several times as long, so it is done only where a number is captured.
 */
function parseExactly(text: string): unknown {
  const keep = (_key: string, value: unknown, { source }: SourceText = {}): unknown =>
    typeof value === 'number' && source !== undefined ? JSON.rawJSON(source) : value;
  try {
    return JSON.parse(text, keep) as unknown;
  } catch {
    return undefined;
  }
}

/** A field of an object or an element of an array; undefined where there is none. */
function childOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
