import {
  applicationSchema,
  own,
  placeholdersOf,
  type Draw,
  type Journey,
  type LoadPlan,
  type Step,
} from '../model/index.ts';
import { variablesOf } from './journey-variables.ts';
import {
  compileJson,
  compileText,
  headerText,
  noVariables,
  plainText,
  targetText,
  type Template,
  type Variables,
} from './template.ts';

/** A value taken from an answer. */
export interface Capture {
  name: string;
  path: readonly string[];
  /** Some step of the journey puts it into a header, where not everything can stand. */
  inHeader: boolean;
}

/** One request of a journey, everything about it that can be known beforehand worked out. */
export interface CompiledStep {
  /** Index into `CompiledWorkload.endpoints`. */
  endpoint: number;
  /** The whole request as text, where no variable is in it. */
  constant: string | null;
  /** Request line and header lines, without the empty line. */
  head: Template;
  /** Null: a request without a body. */
  body: Template | null;
  isHead: boolean;
  expectedStatus: readonly number[];
  /** Top-level JSON fields that must be there. */
  fields: readonly string[];
  /** Text that must occur in the body. */
  text: string | null;
  captures: readonly Capture[];
  needsJson: boolean;
  needsBody: boolean;
  ledgerKey: Template | null;
}

export interface CompiledJourney {
  name: string;
  /** Null: nothing is drawn. */
  draws: Readonly<Record<string, Draw>> | null;
  steps: readonly CompiledStep[];
}

export interface CompiledWorkload {
  journeys: readonly CompiledJourney[];
  endpoints: readonly string[];
  /** The journey of a number in [0, 1), by weight. */
  choose(at: number): number;
}

/** Where requests go and what the journeys are. */
export type WorkloadPlan = Pick<LoadPlan, 'journeys' | 'baseUrl' | 'methods'>;

/** Compiles the journeys of a plan. Throws one sentence that names journey, step and field. */
export function compileWorkload(plan: WorkloadPlan): CompiledWorkload {
  const parsed = applicationSchema.shape.journeys.safeParse(plan.journeys);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Error(`The load's journeys are not valid: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`);
  }
  const journeys = Object.entries(parsed.data);
  if (journeys.length === 0) throw new Error('The load has no journeys: at least one is needed.');
  const endpoints: string[] = [];
  const compiled = journeys.map(([name, journey]) => compileJourney(name, journey, endpoints, plan));
  const total = journeys.reduce((sum, [, journey]) => sum + journey.weight, 0);
  let reached = 0;
  const limits = journeys.map(([, journey]) => (reached += journey.weight) / total);
  return {
    journeys: compiled,
    endpoints,
    choose: (at) => {
      const index = limits.findIndex((limit) => at < limit);
      return index < 0 ? limits.length - 1 : index;
    },
  };
}

function compileJourney(name: string, journey: Journey, endpoints: string[], plan: WorkloadPlan): CompiledJourney {
  const known = new Set(Object.keys(journey.draw));
  const inHeaders = new Set(journey.steps.flatMap(({ headers }) => Object.values(headers).flatMap(placeholdersOf)));
  const steps = journey.steps.map((step, index) => {
    for (const variable of variablesOf(step)) {
      if (!known.has(variable)) {
        throw new Error(
          `Step ${index + 1} of the journey "${name}" uses \${${variable}}, which is neither drawn nor captured by an earlier step.`,
        );
      }
    }
    for (const captured of Object.keys(step.capture)) known.add(captured);
    if (!endpoints.includes(step.endpoint)) endpoints.push(step.endpoint);
    return compileStep(step, endpoints.indexOf(step.endpoint), plan, inHeaders);
  });
  return { name, draws: Object.keys(journey.draw).length === 0 ? null : journey.draw, steps };
}

function compileStep(step: Step, endpoint: number, plan: WorkloadPlan, inHeaders: ReadonlySet<string>): CompiledStep {
  const method = own(plan.methods, step.endpoint) ?? (step.body === undefined ? 'GET' : 'POST');
  const captures = Object.entries(step.capture).map(([name, path]) => ({
    name,
    path: path.split('.'),
    inHeader: inHeaders.has(name),
  }));
  const compiled: CompiledStep = {
    endpoint,
    constant: null,
    head: compileHead(step, method, new URL(plan.baseUrl)),
    body: step.body === undefined ? null : compileJson(step.body),
    isHead: method === 'HEAD',
    expectedStatus: step.expect.status,
    fields: step.expect.fields,
    text: step.expect.text ?? null,
    captures,
    needsJson: step.expect.fields.length > 0 || captures.length > 0,
    needsBody: step.expect.fields.length > 0 || step.expect.text !== undefined || captures.length > 0,
    ledgerKey: step.ledger === undefined ? null : compileText(step.ledger.key, plainText),
  };
  if (variablesOf(step).length === 0) compiled.constant = requestText(compiled, noVariables(), '');
  return compiled;
}

function compileHead(step: Step, method: string, base: URL): Template {
  const target = compileText(`${base.pathname.replace(/\/$/, '')}${step.path}`, targetText);
  const headers = new Map([['host', base.host]]);
  if (step.body !== undefined) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(step.headers)) headers.set(name.toLowerCase(), value);
  const lines = compileText([...headers].map(([name, value]) => `${name}: ${value}\r\n`).join(''), headerText);
  return (variables) => `${method} ${target(variables)} HTTP/1.1\r\n${lines(variables)}`;
}

/** A whole request as text; `moreHeaders` are lines with their line breaks. */
export function requestText(step: CompiledStep, variables: Variables, moreHeaders: string): string {
  const head = step.head(variables);
  if (step.body === null) return `${head}${moreHeaders}\r\n`;
  const body = step.body(variables);
  return `${head}${moreHeaders}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}
