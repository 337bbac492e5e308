import type { Application, Step } from './application.ts';
import { repeatedNames, type FieldProblem } from './field-problem.ts';
import { own } from './own.ts';
import { jsonPlaceholders, placeholder, placeholdersOf } from './placeholder.ts';

/**
 * Headers that frame a message, belong to one connection (RFC 9110, section 7.6.1), promise what the generator does not do, or are its own to
 * write.
 */
const notForSteps = new Set([
  ...['host', 'content-length', 'transfer-encoding', 'connection', 'keep-alive', 'proxy-connection', 'te', 'trailer'],
  ...['upgrade', 'http2-settings', 'expect', 'proxy-authenticate', 'proxy-authorization', 'proxy-authentication-info'],
  ...['accept-encoding', 'traceparent', 'tracestate'],
]);

/** Answers that never have a body (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5). */
const withoutBody = new Set([204, 205, 304]);

/** Results keep their manifest, and files nested deeper than 64 levels are not read back. */
const deepestBody = 32;

/** What keeps a step from ever going well, and its texts from being filled; `known` are the variables of the steps before it. */
export function stepProblems(
  step: Step,
  { endpoints }: Application,
  known: ReadonlySet<string>,
  path: string,
): FieldProblem[] {
  const endpoint = own(endpoints, step.endpoint);
  return [
    ...(endpoint === undefined
      ? [
          {
            path: `${path}.endpoint`,
            problem: `unknown endpoint "${step.endpoint}"; allowed: ${Object.keys(endpoints).join(', ')}`,
          },
        ]
      : []),
    ...targetProblems(step.path, `${path}.path`),
    ...headerProblems(step, `${path}.headers`),
    ...(endpoint?.method === 'GET' && step.body !== undefined
      ? [{ path: `${path}.body`, problem: `a GET request has no body; leave it out, or mend the method` }]
      : []),
    ...(depthOf(step.body) > deepestBody
      ? [{ path: `${path}.body`, problem: `is nested deeper than ${deepestBody} levels; allowed: 0 to ${deepestBody}` }]
      : []),
    ...variableProblems(step, known, path),
    ...answerProblems(step, path),
  ];
}

function targetProblems(target: string, path: string): FieldProblem[] {
  const constant = target.replaceAll(placeholder, 'x');
  if (constant.includes('#')) return [{ path, problem: 'must have no fragment ("#"), which no request carries' }];
  if (/%(?![0-9a-f]{2})/i.test(constant))
    return [{ path, problem: 'must have two hexadecimal digits after each "%"; "%" itself is written %25' }];
  return [];
}

function headerProblems({ headers }: Step, path: string): FieldProblem[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  return [
    ...Object.keys(headers)
      .filter((name) => notForSteps.has(name.toLowerCase()))
      .map((name) => ({
        path: `${path}.${name}`,
        problem: 'belongs to the connection or to the load generator; allowed: headers of the request itself',
      })),
    ...repeatedNames(names, (index) => `${path}.${Object.keys(headers)[index] ?? ''}`),
  ];
}

function variableProblems(step: Step, known: ReadonlySet<string>, path: string): FieldProblem[] {
  const allowed = known.size === 0 ? 'none, since nothing is drawn or captured before it' : [...known].join(', ');
  const texts: [field: string, texts: readonly string[]][] = [
    ['path', [step.path]],
    ...Object.entries(step.headers).map(([name, value]): [string, string[]] => [`headers.${name}`, [value]]),
    ['body', textsOf(step.body)],
    ...(step.ledger === undefined ? [] : [['ledger.key', [step.ledger.key]] satisfies [string, string[]]]),
  ];
  const problems = texts.flatMap(([field, values]) =>
    values.flatMap((text): FieldProblem[] => {
      if (text.replaceAll(placeholder, '').includes('${'))
        return [{ path: `${path}.${field}`, problem: 'has "${" without its "}"' }];
      return placeholdersOf(text)
        .filter((name) => !known.has(name))
        .map((name) => ({
          path: `${path}.${field}`,
          problem: `unknown variable "\${${name}}"; allowed: ${allowed}`,
        }));
    }),
  );
  if (step.ledger !== undefined && placeholdersOf(step.ledger.key).length === 0)
    problems.push({
      path: `${path}.ledger.key`,
      problem: `must hold a variable, or every attempt would be the same one; allowed: ${allowed}`,
    });
  if (namesIn(step.body).some((name) => jsonPlaceholders(name).length > 0))
    problems.push({
      path: `${path}.body`,
      problem: 'has "${}" in the name of a field; only values take variables',
    });
  return problems;
}

function answerProblems({ expect, capture }: Step, path: string): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const add = (field: string, problem: string) => problems.push({ path: `${path}.${field}`, problem });
  for (const [index, status] of expect.status.entries())
    if (status < 200)
      add(`expect.status.${index}`, `${status} never ends a request; allowed: final statuses, 200 to 599`);
  problems.push(
    ...repeatedNames(expect.status.map(String), (index) => `${path}.expect.status.${index}`),
    ...repeatedNames(expect.fields, (index) => `${path}.expect.fields.${index}`),
  );
  const needsBody = expect.fields.length > 0 || expect.text !== undefined || Object.keys(capture).length > 0;
  const bare = expect.status.find((status) => withoutBody.has(status));
  if (needsBody && bare !== undefined)
    add('expect.status', `${bare} has no body, so that nothing can be expected in it or captured from it`);
  for (const [index, field] of expect.fields.entries())
    if (field === '') add(`expect.fields.${index}`, 'must be the name of a field, not empty');
  if (expect.text === '') add('expect.text', 'must not be empty; leave it out to expect no text');
  if (expect.text?.isWellFormed() === false)
    add('expect.text', 'must be well-formed Unicode, without half a surrogate pair');
  for (const [name, source] of Object.entries(capture))
    if (source.split('.').includes(''))
      add(`capture.${name}`, 'must be a dotted path into the answer, for example order.id');
  return problems;
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf);
  return [];
}

function namesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [...(Array.isArray(value) ? [] : Object.keys(value)), ...Object.values(value).flatMap(namesIn)];
}

function depthOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((most: number, inner) => Math.max(most, depthOf(inner)), 0);
}
