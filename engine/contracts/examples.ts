import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Laboratory } from '../deploy/index.ts';
import { parseYaml } from '../files/index.ts';
import { noVariables, type Variables } from '../load/index.ts';
import {
  createRandom,
  drawProblem,
  drawSchema,
  drawValue,
  firstIssue,
  jsonPlaceholders,
  lineSchema,
  mostExamples,
  nameSchema,
  operationNameSchema,
  own,
  placeholder,
  placeholdersOf,
  titleSchema,
  type Application,
  type DrawnExample,
} from '../model/index.ts';
import { ContractError } from './contract-error.ts';
import type { Contract } from './document.ts';
import { isTooDeep } from './json.ts';

const mostBytes = 1_000_000;
const deepestValue = 32;

/** The variable that is another one each time that the examples are run through. */
export const freshVariable = 'uuid';

const expectSchema = z
  .strictObject({
    /** 200: it is answered well; from 400 on: it is refused. */
    status: z
      .number()
      .int()
      .refine((status) => status === 200 || (status >= 400 && status <= 599), 'must be 200, or from 400 to 599')
      .default(200),
    /** Code of the refusal. */
    error: lineSchema(60).optional(),
    /** What of the answer is certain: fields that are not named, and more fields, are only held to the contract. */
    answer: z.json().optional(),
  })
  .refine(({ status, error }) => (error === undefined) === (status === 200), {
    path: ['error'],
    message: 'must be there with a status from 400 on, and only then',
  })
  .refine(({ status, answer }) => answer === undefined || status === 200, {
    path: ['answer'],
    message: 'must only be there with status 200',
  });

const variableSchema = z
  .string()
  .regex(/^[A-Za-z_]\w{0,59}$/, 'must be 1 to 60 letters, digits or "_", not starting with a digit');

const exampleSchema = z.strictObject({
  title: titleSchema,
  /** Another module that has to be asked before; it must answer well, and no more is said of it. Absent: the module whose examples they are. */
  module: nameSchema.optional(),
  operation: operationNameSchema,
  /** Idempotency key of the request. */
  key: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'must be 1 to 100 visible ASCII characters without blanks')
    .optional(),
  /** Variables that are drawn for it: it stands for as many requests as can be drawn, each of them alone. */
  draw: z
    .record(variableSchema, drawSchema)
    .refine((draw) => Object.keys(draw).length > 0, 'must draw something')
    .optional(),
  /** JSON body; a string that is exactly `${name}` takes the variable with its type, others take it as text. */
  input: z.json(),
  /** Whether the same request is made once more at once, and must get the same answer. */
  again: z.boolean().default(false),
  expect: expectSchema.prefault({}),
  /** Variables taken from the answer for the examples after it: name -> dotted path. */
  capture: z
    .record(
      variableSchema,
      z.string().regex(/^[^.]+(\.[^.]+)*$/, 'must be a dotted path into the answer, for example order.id'),
    )
    .default({}),
});
/** One request to a module, and what becomes of it. */
export type Example = z.infer<typeof exampleSchema>;

const examplesSchema = z.strictObject({
  version: z.literal(1),
  examples: z.array(exampleSchema).min(1).max(mostExamples),
});

/** The examples that an application names for a module, in the order in which they are asked. Throws ContractError. */
export async function loadExamples(
  { applicationsDirectory }: Pick<Laboratory, 'applicationsDirectory'>,
  application: Application,
  module: string,
): Promise<Example[]> {
  const file = own(application.modules, module)?.examples;
  if (file === undefined)
    throw new ContractError(
      `module "${module}" of "${application.name}" has no examples; name a file of them as modules.${module}.examples in its manifest`,
    );
  const path = resolve(join(applicationsDirectory, application.name), file);
  if ((await stat(path)).size > mostBytes)
    throw new ContractError(`examples of "${module}": the file is larger than 1 MB`);
  return parseExamples(await readFile(path, 'utf8'), module);
}

/** Checks the text of a file of examples. Throws ContractError with the field and what is allowed. */
export function parseExamples(text: string, module: string): Example[] {
  const parsed = examplesSchema.safeParse(valueOf(text, module));
  if (!parsed.success) throw new ContractError(`examples of "${module}": ${firstIssue(parsed.error)}`);
  const known = new Set([freshVariable]);
  for (const [index, example] of parsed.data.examples.entries()) {
    const problem = drawnProblem(example, known) ?? variableProblem(example, known) ?? depthProblem(example);
    if (problem !== undefined)
      throw new ContractError(
        `examples of "${module}": field "examples.${index}.${problem.field}": ${problem.problem}`,
      );
    if (example.module !== undefined && (example.expect.status !== 200 || example.again))
      throw new ContractError(
        `examples of "${module}": field "examples.${index}.module": another module is only asked to make ready, so it has to answer well and is asked once`,
      );
    for (const name of Object.keys(example.capture)) known.add(name);
  }
  return parsed.data.examples;
}

function valueOf(text: string, module: string): unknown {
  try {
    return parseYaml(text, 'the file');
  } catch (error) {
    throw new ContractError(`examples of "${module}": ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/** The variables that an example needs, by the field that names them. */
function textsOf({ key, input, expect }: Example): [field: string, names: string[], constant: string][] {
  const constant = (value: unknown): string => JSON.stringify(value ?? null).replaceAll(placeholder, '');
  return [
    ['key', placeholdersOf(key ?? ''), constant(key)],
    ['input', jsonPlaceholders(input), constant(input)],
    ['expect.answer', jsonPlaceholders(expect.answer), constant(expect.answer)],
  ];
}

/** Every variable in an example that is not drawn for it. */
export function variablesOf(example: Example): string[] {
  return textsOf(example)
    .flatMap(([, names]) => names)
    .filter((name) => own(example.draw, name) === undefined);
}

/** The variables that an example is asked with where it is asked once: those there are, and the first that are drawn for it. */
export function variablesFor({ draw = {} }: Example, variables: Variables): Variables {
  const random = createRandom('example');
  const streams = { values: random, identities: random };
  const drawn = Object.entries(draw).map(([name, one]) => [name, drawValue(one, streams)] as const);
  return Object.assign(noVariables(), variables, Object.fromEntries(drawn));
}

/** What of the examples questions can be drawn from. */
export function drawnExamples(examples: readonly Example[]): DrawnExample[] {
  return examples.flatMap(({ title, operation, draw, input }) =>
    draw === undefined ? [] : [{ title, operation, draw, input }],
  );
}

interface Problem {
  field: string;
  problem: string;
}

/** What is drawn is asked alone, as often as anybody likes. */
function drawnProblem({ draw, key, capture, module }: Example, known: ReadonlySet<string>): Problem | undefined {
  for (const [name, one] of Object.entries(draw ?? {})) {
    if (known.has(name)) return { field: `draw.${name}`, problem: 'there is such a variable already' };
    const wrong = drawProblem(one);
    if (wrong !== null) return { field: `draw.${name}${wrong.field}`, problem: wrong.problem };
  }
  if (draw === undefined) return undefined;
  if (key !== undefined) return { field: 'key', problem: 'must not be there with "draw"' };
  if (module !== undefined) return { field: 'module', problem: 'must not be there with "draw"' };
  return Object.keys(capture).length === 0
    ? undefined
    : { field: 'capture', problem: 'must be empty with "draw", since what is drawn stands alone' };
}

function variableProblem(example: Example, before: ReadonlySet<string>): Problem | undefined {
  // What is drawn needs nobody before it.
  const known = example.draw === undefined ? before : new Set(Object.keys(example.draw));
  for (const [field, names, constant] of textsOf(example)) {
    const unknown = names.find((name) => !known.has(name));
    if (unknown !== undefined)
      return { field, problem: `unknown variable "\${${unknown}}"; allowed: ${[...known].join(', ')}` };
    if (constant.includes('${')) return { field, problem: 'has "${" without its "}"' };
  }
  const taken = Object.keys(example.capture).find((name) => before.has(name));
  return taken === undefined ? undefined : { field: `capture.${taken}`, problem: 'there is such a variable already' };
}

function depthProblem({ input, expect }: Example): Problem | undefined {
  const problem = `is nested deeper than ${deepestValue} levels; allowed: 0 to ${deepestValue}`;
  if (isTooDeep(input, deepestValue)) return { field: 'input', problem };
  return isTooDeep(expect.answer, deepestValue) ? { field: 'expect.answer', problem } : undefined;
}

/** Throws ContractError where the examples do not fit the contract: an operation that it does not have, one that nobody shows, one asked again that may not be. */
export function assertExamplesFit({ module, operations }: Contract, examples: readonly Example[]): void {
  const refuse = (problem: string): never => {
    throw new ContractError(`examples of "${module}": ${problem}`);
  };
  const byName = new Map(operations.map((operation) => [operation.name, operation]));
  for (const [index, example] of examples.entries()) {
    if (example.module !== undefined && example.module !== module) continue;
    const at = `field "examples.${index}`;
    const operation = byName.get(example.operation);
    if (operation === undefined)
      return refuse(
        `${at}.operation": unknown operation "${example.operation}"; allowed: ${[...byName.keys()].join(', ')}`,
      );
    if (example.draw !== undefined && operation.repeat !== 'safe')
      refuse(`${at}.draw": "${operation.name}" is not safe to repeat, so that it cannot be asked again and again`);
    if (
      example.again &&
      (operation.repeat === 'never' || (operation.repeat === 'with-key' && example.key === undefined))
    )
      refuse(
        `${at}.again": "${operation.name}" may ${operation.repeat === 'never' ? 'not' : 'only with a key'} be repeated`,
      );
  }
  const shown = new Set(
    examples
      .filter(({ module: of, expect }) => (of ?? module) === module && expect.status === 200)
      .map(({ operation }) => operation),
  );
  const missing = operations.find(({ name }) => !shown.has(name));
  if (missing !== undefined) refuse(`there is none in which "${missing.name}" is answered well`);
}
