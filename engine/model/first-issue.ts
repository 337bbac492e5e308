import type { z } from 'zod';

/** The first problem of a failed parse as `field: what is allowed`. */
export function firstIssue(error: z.ZodError): string {
  const issue = error.issues[0];
  if (issue === undefined) return 'not valid';
  const path = issue.path.map(String).join('.');
  return `${path === '' ? 'the file' : `field "${path}"`}: ${issue.message}`;
}
