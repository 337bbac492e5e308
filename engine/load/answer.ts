import type { CompiledStep } from './journey.ts';
import { canBeSent, type Variable, type Variables } from './template.ts';

/**
 * Whether an answer is what the step expects; captured variables go into `variables`. An answer whose captured value cannot be put into
 * a request has the wrong shape: no client could go on from it.
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
  for (const { name, path } of step.captures) {
    let value: unknown = json;
    for (const part of path) value = childOf(value, part);
    if (value === undefined || !canBeSent(value)) return 'shape';
    variables[name] = value as Variable;
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

/** A field of an object or an element of an array; undefined where there is none. */
function childOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, name)?.value;
}
