import { createHash } from 'node:crypto';
import { isTooDeep } from '../../contracts/index.ts';
import { longestToldAnswer } from '../../model/index.ts';

const digits = 8;

/**
 * What an answer says, as text: its status, and its value with the names of every object in order; of a refusal nothing but its code and whether it is worth another try, since its
 * message is for people. What is not JSON is taken as it came. Pure.
 */
export function said(status: number, body: string): string {
  const value = jsonOf(body);
  if (value === undefined) return `${status} ${body}`;
  const told = status === 200 ? value : refusalOf(value);
  return `${status} ${JSON.stringify(inOrder(told))}`;
}

/** The first 32 bits of its SHA-256, lower-case hexadecimal. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** The same in short, for people. */
export function inShort(text: string): string {
  return text.length <= longestToldAnswer ? text : `${text.slice(0, longestToldAnswer - 1).toWellFormed()}…`;
}

function refusalOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('error' in value)) return value;
  const { error } = value;
  if (typeof error !== 'object' || error === null || !('code' in error)) return value;
  return { code: error.code, retryable: 'retryable' in error ? error.retryable : null };
}

function jsonOf(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isTooDeep(value) ? undefined : value;
  } catch {
    return undefined;
  }
}

function inOrder(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const names = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(names.map(([name, inner]) => [name, inOrder(inner)]));
}
