import type { z } from 'zod';
import { CallError, type ErrorCode } from '../errors.ts';

/** The checked value. Throws `CallError` with `code` and one sentence naming the field. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, code: ErrorCode, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw new CallError(code, `${what}: ${field}${issue?.message ?? 'not valid'}`);
}
