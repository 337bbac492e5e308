import { z } from 'zod';
import { lineSchema, proseSchema } from './text.ts';

/** What the measurements say of a claim. */
export const claimOutcomeSchema = z.enum([
  /** What was decided is as people say. */
  'holds',
  /** What was decided is the other way round. */
  'does-not-hold',
  /** Some of it is as people say, some the other way round. */
  'mixed',
  /** Everything was decided, and no difference is large enough to matter. */
  'no-difference',
  /** It was measured, and what was measured cannot tell. */
  'undecided',
  /** Nothing that was stored measures it. */
  'not-measured',
]);
export type ClaimOutcome = z.infer<typeof claimOutcomeSchema>;

/** What one finding says of a claim. */
export const evidenceSchema = z.strictObject({
  /** What was looked at, for people. */
  title: lineSchema(200),
  /** Name in the metric catalogue; null where it is of the cut alone. */
  metric: lineSchema(80).nullable(),
  /** `for`: as the claim says; `same`: no difference that matters; `given`: so in every finer cut of whatever application, so that it tells nothing of this one. */
  says: z.enum(['for', 'against', 'same', 'undecided', 'given']),
  /** Counted where nothing was left to chance. */
  counted: z.boolean(),
  sentence: proseSchema,
  /** Where it is from; null where it is of the cut alone. */
  result: z.strictObject({ id: lineSchema(80), title: lineSchema(300), endedAt: z.iso.datetime() }).nullable(),
});
export type Evidence = z.infer<typeof evidenceSchema>;

/** An experiment that would tell more of a claim. */
export const claimExperimentSchema = z.strictObject({
  preset: lineSchema(80),
  title: lineSchema(200),
  /** At most, ms; null: the application has not what it needs, and `because` says what. */
  estimateMs: z.number().nullable(),
  because: proseSchema.nullable(),
});
export type ClaimExperiment = z.infer<typeof claimExperimentSchema>;

export const judgedClaimSchema = z.strictObject({
  name: lineSchema(80),
  title: lineSchema(200),
  /** `for`: said in favour of microservices; `neither`: of both. */
  side: z.enum(['for', 'against', 'neither']),
  /** What people say. */
  said: proseSchema,
  /** How it is tested here. */
  tested: proseSchema,
  /** What to think about once it was measured. */
  asks: proseSchema,
  outcome: claimOutcomeSchema,
  /** The outcome as one sentence. */
  sentence: proseSchema,
  evidence: z.array(evidenceSchema).max(500),
  /** What others published. */
  published: z.array(z.strictObject({ text: proseSchema, source: lineSchema(300) })),
  /** What no experiment on this machine can show of it. */
  cannot: z.array(proseSchema),
  /** Names of the presets that measure it. */
  presets: z.array(lineSchema(80)),
  /** What would measure what is not, or not decided. */
  missing: z.array(claimExperimentSchema),
});
export type JudgedClaim = z.infer<typeof judgedClaimSchema>;

/** What a finding says of the finer of two cuts, for weighing it against others. */
export const factSchema = z.strictObject({
  metric: lineSchema(80),
  /** Where it was looked at (which fault, rate or change), as one line; empty where there is one such place only. */
  place: lineSchema(500),
  /** The coarser cut, which it is told against, and the finer. */
  against: lineSchema(80),
  cut: lineSchema(80),
  /**
   * How much better the finer cut is, -1 to 1: the effect in smallest differences that matter (the metric's margin), a full 1 at twenty of them. `low` and `high`: the interval, likewise; alike where
   * it was counted.
   */
  low: z.number().min(-1).max(1),
  high: z.number().min(-1).max(1),
  /** Whether it was decided: better, worse, or no difference that matters. */
  decided: z.boolean(),
  /** Whether an end of its interval is not known, so that the interval holds on one side at most. */
  open: z.boolean(),
  sentence: proseSchema,
  result: z.strictObject({ id: lineSchema(80), title: lineSchema(300) }),
});
export type Fact = z.infer<typeof factSchema>;

/** For whom lesson cards are: whoever is to find the answers has none in them. */
export const lessonReaderSchema = z.enum(['teacher', 'student']);
export type LessonReader = z.infer<typeof lessonReaderSchema>;

/** All claims, judged from what was measured of one source on one kind of machine. */
export const claimsSchema = z.strictObject({
  application: lineSchema(80),
  sourceHash: lineSchema(80),
  /** How the machine is told, one line. */
  machine: lineSchema(500),
  /** Stored results that were looked at, and those of another source or machine, or measured with another load or other settings, that were not. */
  results: z.number().int(),
  others: z.number().int(),
  claims: z.array(judgedClaimSchema),
  /** The same and other findings of cuts that differ in nothing but how they are cut. */
  facts: z.array(factSchema),
  /** Units of each cut that there is a fact of. */
  units: z.record(z.string(), z.number().int()),
  /** Modules of each of those cuts that are outside of its largest unit. */
  outside: z.record(lineSchema(80), z.array(lineSchema(80))),
});
export type Claims = z.infer<typeof claimsSchema>;
