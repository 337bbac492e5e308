import { judgeBy, type FieldDifference, type Judge } from './conformance.ts';
import type { Answer } from './exchange.ts';
import { inShort, isTooDeep, shortened, valueAt } from './json.ts';
import { differencesBetween } from './same.ts';

/** What an answer should be. */
export interface Expectation {
  status: number;
  /** Code of a refusal; absent where any will do. */
  error?: string;
  /** What the contract says of a good answer. */
  judge?: Judge;
  /** What of a good answer is certain beyond that. */
  certain?: unknown;
}

/** One thing about an answer that is not as it should be; `field` with its path where it is a field of the body. */
export type Finding = { expected: string; came: string } & (
  | { place: 'answer' | 'status' | 'content-type' | 'body' }
  | { place: 'field'; path: readonly string[] }
);

/** The body of every refusal. */
const judgeRefusal = judgeBy({
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'retryable'],
      properties: {
        code: { type: 'string', minLength: 1 },
        message: { type: 'string' },
        retryable: { type: 'boolean' },
      },
    },
  },
});

/** Everything about an answer that differs from what it should be, and its body. With another status the body is another one, too, of which nothing more is said. Pure. */
export function judgeAnswer(answer: Answer, expectation: Expectation): { findings: Finding[]; body: unknown } {
  const body = bodyOf(answer);
  if (answer.status !== expectation.status)
    return {
      findings: [{ place: 'status', expected: String(expectation.status), came: statusInWords(answer, body.value) }],
      body: body.value,
    };
  const findings: Finding[] = [];
  if (!isJsonType(answer.type))
    findings.push({ place: 'content-type', expected: 'application/json', came: inShort(answer.type ?? undefined) });
  if (!body.isJson) findings.push({ place: 'body', expected: 'JSON in UTF-8', came: shownText(answer.text) });
  else
    for (const difference of fieldDifferences(body.value, expectation))
      findings.push({ place: 'field', ...difference });
  return { findings, body: body.value };
}

function fieldDifferences(body: unknown, { status, error, judge, certain }: Expectation): FieldDifference[] {
  if (status !== 200)
    return withoutRepetition(
      judgeRefusal(body),
      error === undefined ? [] : differencesBetween({ error: { code: error } }, body, { more: true }),
    );
  return withoutRepetition(
    judge?.(body) ?? [],
    certain === undefined ? [] : differencesBetween(certain, body, { more: true }),
  );
}

/** `first`, and of `second` what lies neither in nor around a field that is named already. */
function withoutRepetition(first: FieldDifference[], second: readonly FieldDifference[]): FieldDifference[] {
  const isWithin = (inner: readonly string[], outer: readonly string[]): boolean =>
    outer.every((name, index) => inner[index] === name);
  return [
    ...first,
    ...second.filter(({ path }) => !first.some((named) => isWithin(path, named.path) || isWithin(named.path, path))),
  ];
}

function bodyOf({ text }: Answer): { isJson: boolean; value: unknown } {
  if (text === null) return { isJson: false, value: undefined };
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? { isJson: false, value: undefined } : { isJson: true, value };
  } catch {
    return { isJson: false, value: undefined };
  }
}

/** Names of media types have no case, and parameters may follow (RFC 9110, 8.3.1). */
function isJsonType(type: string | null): boolean {
  return type?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}

function statusInWords({ status, location }: Answer, body: unknown): string {
  if (location !== null && status >= 300 && status < 400) return `${status} to ${inShort(location)}`;
  const [code, message] = [valueAt(body, ['error', 'code']), valueAt(body, ['error', 'message'])];
  return typeof code === 'string' ? `${status} (${shortened([code, message].join(': '))})` : String(status);
}

function shownText(text: string | null): string {
  if (text === null) return 'bytes that are not UTF-8';
  return text === '' ? 'nothing' : inShort(text);
}
