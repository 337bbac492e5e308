import { z } from 'zod';
import { otherLanguages } from './language.ts';
import { nameSchema } from './name.ts';
import { freeTextSchema, lineSchema, titleSchema } from './text.ts';

/** What a change to an application's source is to those who deploy it and to those who call it. */
export const changeKindSchema = z.enum([
  /** Does better what it did. */
  'fix',
  /** Another default where a caller says nothing. */
  'changed-default',
  /** Contracts say more than before; whoever knew the old ones is served as before. */
  'additive-contract',
  /** Contracts say something else; whoever knew the old ones is not served any more. */
  'breaking-contract',
  /** First step of a rename: the old and the new name are both there. */
  'rename-expand',
  /** Second: callers use the new one. */
  'rename-migrate',
  /** Last: the old one goes. */
  'rename-contract',
  /** All three in one: whoever has not got it and whoever has do not understand each other. */
  'rename-at-once',
  /** Stored data get another form. */
  'schema-migration',
  /** Answers with errors. */
  'bug-errors',
  /** Never gets ready. */
  'bug-unready',
  /** Takes more and more memory. */
  'bug-leak',
]);
export type ChangeKind = z.infer<typeof changeKindSchema>;

const askSchema = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).default('GET'),
  /** Request target; `${uuid}` is another one each time that the check is made. */
  path: lineSchema(500).startsWith('/'),
  /** JSON body, in which `${uuid}` is replaced as well. */
  body: z.json().optional(),
  expect: z
    .strictObject({
      status: z.number().int().min(100).max(599).default(200),
      /** Must occur in the body. */
      text: z.string().min(1).max(500).optional(),
      /** Must not occur in it. */
      lacks: z.string().min(1).max(500).optional(),
    })
    .prefault({}),
});

/** Requests that show from outside whether a change is live: the last one does, those before it only make it possible. */
const checkSchema = z.strictObject({
  /** Module whose unit is asked; absent: the entry. */
  at: nameSchema.optional(),
  steps: z.array(askSchema).min(1).max(5),
});
export type ChangeCheck = z.infer<typeof checkSchema>;
export type ChangeAsk = ChangeCheck['steps'][number];

export const changeSchema = z.strictObject({
  title: titleSchema,
  summary: freeTextSchema(500).default(''),
  kind: changeKindSchema,
  /** A unified diff of the application's sources, relative to the manifest; the paths in it are, too, behind `a/` and `b/`. */
  patch: lineSchema(200),
  /** Modules whose sources in other languages it edits too, to the same effect. */
  languages: z.record(nameSchema, z.array(z.enum(otherLanguages)).min(1)).optional(),
  /** The change that must be live before this one. */
  after: nameSchema.optional(),
  /** Absent: it cannot be seen from outside, and is live when its instances are ready. */
  check: checkSchema.optional(),
});
/** A real edit of an application's source, as it would be released. */
export type Change = z.infer<typeof changeSchema>;

export type ReleaseOrder = 'providers-first' | 'callers-first';

/**
 * In which order a change of that kind goes out, and comes back, so that nobody asks for what is not there: what is new is there first, and what goes is asked for by nobody
 * any more.
 */
export function orderOf(kind: ChangeKind): { there: ReleaseOrder; back: ReleaseOrder } {
  return kind === 'breaking-contract' || kind === 'rename-contract'
    ? { there: 'callers-first', back: 'providers-first' }
    : { there: 'providers-first', back: 'callers-first' };
}
