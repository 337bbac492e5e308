import './what-is-allowed.ts';
import type { z } from 'zod';

/** The first problem of a failed parse as `field: what is allowed`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not valid';
  const path = issue.path.map(String).join('.');
  const what = issue.message.replace(/^Invalid input: (expected .*), received undefined$/, 'is missing; $1');
  return `${path === '' ? 'the file' : `field "${path}"`}: ${what}`;
}
