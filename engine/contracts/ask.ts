import { randomUUID } from 'node:crypto';
import { compileJson, noVariables, type Variables } from '../load/index.ts';
import { placeholdersOf } from '../model/index.ts';
import { ContractError } from './contract-error.ts';
import { freshVariable, variablesFor, type Example } from './examples.ts';
import { valueAt } from './json.ts';

/** A request to a module: `POST /<module>/<operation>`. */
export interface Question {
  module: string;
  operation: string;
  /** JSON. */
  body: string;
  /** Idempotency key; null: none. */
  key: string | null;
}

/** What came back. */
export interface Reply {
  status: number;
  body: string;
}

/** What has to be asked before an example so that there is something to answer: those that were to be answered well and made or changed what it names. Pure. */
export function askedBefore(examples: readonly Example[], index: number): Example[] {
  const wanted = examples[index];
  if (wanted === undefined || wanted.draw !== undefined) return [];
  const needed = namedIn(wanted);
  const before: Example[] = [];
  for (const example of examples.slice(0, index).toReversed()) {
    const gives = Object.keys(example.capture).map((name) => `\${${name}}`);
    const names = namedIn(example);
    if (
      example.expect.status !== 200 ||
      example.draw !== undefined ||
      ![...names, ...gives].some((name) => needed.has(name))
    )
      continue;
    for (const name of names) needed.add(name);
    before.push(example);
  }
  return before.toReversed();
}

/** The texts of a request that are others each time, and the variables in them: what is made by one name is meant by that name. */
function namedIn({ input, key }: Example): Set<string> {
  const texts = textsIn([input, key]).filter((text) => placeholdersOf(text).length > 0);
  const variables = texts.flatMap(placeholdersOf).filter((name) => name !== freshVariable);
  return new Set([...texts, ...variables.map((name) => `\${${name}}`)]);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/**
 * Asks one example of a module, with names of its own, after what has to be asked before it. Throws ContractError where that is not answered well, and what `send` throws.
 */
export async function askExample<R extends Reply>(
  module: string,
  examples: readonly Example[],
  index: number,
  send: (question: Question) => Promise<R>,
): Promise<{ question: Question; reply: R }> {
  const wanted = examples[index];
  if (wanted === undefined) throw new ContractError(`module "${module}" has no example ${index}`);
  const variables: Variables = Object.assign(noVariables(), { [freshVariable]: randomUUID() });
  for (const example of askedBefore(examples, index)) {
    const { status, body } = await send(questionOf(module, example, variables));
    if (status !== 200)
      throw new ContractError(`"${example.title}", which has to be asked before, was answered with ${status}`);
    capture(example, body, variables);
  }
  const question = questionOf(module, wanted, variables);
  return { question, reply: await send(question) };
}

function questionOf(module: string, example: Example, variables: Variables): Question {
  const all = variablesFor(example, variables);
  const filled = (value: unknown): string => compileJson(value)(all);
  const key: unknown = example.key === undefined ? null : JSON.parse(filled(example.key));
  return {
    ...{ module: example.module ?? module, operation: example.operation, body: filled(example.input) },
    key: key === null ? null : typeof key === 'string' ? key : JSON.stringify(key),
  };
}

function capture({ title, capture: wanted }: Example, text: string, variables: Variables): void {
  const entries = Object.entries(wanted);
  if (entries.length === 0) return;
  const body = jsonOf(text);
  for (const [name, path] of entries) {
    const value = valueAt(body, path.split('.'));
    if (value === undefined)
      throw new ContractError(`"${title}", which has to be asked before, was answered without "${path}"`);
    variables[name] = value as Variables[string];
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
