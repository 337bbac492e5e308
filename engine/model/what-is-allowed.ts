import { z } from 'zod';

/** No key that belongs somewhere is longer, and files of others may hold any. */
const longestShown = 60;

/** Which keys something does not have, and which it has. */
export function unknownKeysWords([first = '', ...others]: readonly string[], allowed: readonly string[]): string {
  const shown = first.length > longestShown ? `${first.slice(0, longestShown)}…` : first;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `unknown key "${shown}"${more}; allowed: ${allowed.length === 0 ? 'none' : allowed.join(', ')}`;
}

function unknownKeys(keys: readonly string[], from: unknown): string | null {
  const allowed = keysOf(from);
  return allowed === null ? null : unknownKeysWords(keys, allowed);
}

/** The keys of an object, or of a record that has a fixed set of them; null where any key may be. */
function keysOf(schema: unknown): string[] | null {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape);
  if (schema instanceof z.ZodRecord && schema.keyType instanceof z.ZodEnum) return schema.keyType.options.map(String);
  return null;
}

/** What a union that is told apart by one field allows there. */
function unknownKind(schema: unknown): string | null {
  if (!(schema instanceof z.ZodDiscriminatedUnion)) return null;
  const { discriminator, options } = schema.def;
  const kinds = options.flatMap((option) => {
    const kind: unknown = option instanceof z.ZodObject ? option.shape[discriminator] : null;
    return kind instanceof z.ZodLiteral ? [...kind.values].map((value) => JSON.stringify(value)) : [];
  });
  return kinds.length === 0 ? null : `expected one of ${kinds.join(', ')}`;
}

/** What each form of a union asks for; null where what is wrong lies deeper, where one of them was meant. */
function noneOf(errors: readonly (readonly z.core.$ZodIssue[])[], input: unknown): string | null {
  const first = errors.flatMap(([issue]) => (issue === undefined ? [] : [issue]));
  if (first.length === 0 || first.some(({ path }) => path.length > 0)) return null;
  const kinds = first.flatMap((issue) => (issue.code === 'invalid_type' ? [issue.expected] : []));
  const others = first.flatMap((issue) => (issue.code === 'invalid_type' ? [] : [issue.message]));
  const asked = [...(kinds.length === 0 ? [] : [`expected ${kinds.join(' or ')}`]), ...others];
  return `${input === undefined ? 'is missing; ' : ''}${[...new Set(asked)].join(', or ')}`;
}

// For every schema of the program: whoever makes a message of a failed parse comes through this room.
z.config({
  customError: (issue) => {
    switch (issue.code) {
      case 'unrecognized_keys':
        return unknownKeys(issue.keys, issue.inst);
      case 'invalid_union':
        return unknownKind(issue.inst) ?? noneOf(issue.errors, issue.input);
      case 'invalid_key':
        return issue.issues[0]?.message ?? null;
      default:
        return null;
    }
  },
});
