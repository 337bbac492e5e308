import type { z } from 'zod';
import { formatSetting } from '../../report/index.ts';

/** What is wrong with a field, as one sentence in the unit that the field shows. */
export function issueSentence(issue: z.core.$ZodIssue): string {
  const field = issue.path.findLast((part) => typeof part === 'string') ?? '';
  switch (issue.code) {
    case 'invalid_type':
      if (issue.expected === 'int') return 'Enter a whole number.';
      return issue.expected === 'number' ? 'Enter a number.' : 'This is needed.';
    case 'too_small': {
      if (issue.origin === 'string') return 'This must not be empty.';
      if (issue.origin === 'array') return `At least ${issue.minimum}.`;
      return `${issue.inclusive === false ? 'More than' : 'At least'} ${formatSetting(field, Number(issue.minimum))}.`;
    }
    case 'too_big': {
      if (issue.origin === 'string') return `At most ${issue.maximum} characters.`;
      return `At most ${formatSetting(field, Number(issue.maximum))}.`;
    }
    default:
      return sentence(issue.message);
  }
}

/** A capital at its start and a full stop at its end. */
export function sentence(message: string): string {
  const text = message.charAt(0).toUpperCase() + message.slice(1);
  return text.endsWith('.') ? text : `${text}.`;
}
