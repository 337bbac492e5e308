import { z } from 'zod';
import { drawSchema } from '../../draw.ts';
import { languages } from '../../language.ts';
import { mostQuestions } from './settings.ts';

const count = z.number().int().min(0).max(mostQuestions);

/** What a question is drawn from. */
const drawnExampleSchema = z.strictObject({
  title: z.string(),
  operation: z.string(),
  draw: z.record(z.string(), drawSchema),
  /** JSON, in which `${name}` is what was drawn. */
  input: z.unknown(),
});
export type DrawnExample = z.infer<typeof drawnExampleSchema>;

/** What of an answer is not as the contract has it. */
const answerDifferenceSchema = z.strictObject({
  /** `<module>.<operation>`. */
  operation: z.string(),
  place: z.enum(['answer', 'status', 'content-type', 'body', 'field']),
  field: z.string().optional(),
  expected: z.string(),
  came: z.string(),
  request: z.string(),
});
export type KeptDifference = z.infer<typeof answerDifferenceSchema>;

/** Of an answer that is kept in words. */
export const longestToldAnswer = 200;
/** Answers that are kept in words beside their digests: the first of a round. */
export const mostToldAnswers = 100;
export const mostKeptDifferences = 100;

export const answersMeasurementSchema = z.strictObject({
  module: z.string(),
  unit: z.string(),
  language: z.enum(languages),
  /** Of the draws. */
  seed: z.number().int().min(0),
  /** Asked in turn, so that question `n` is drawn from example `n` modulo their number. */
  examples: z.array(drawnExampleSchema).min(1).max(200),
  good: count,
  refused: count,
  notAnswered: count,
  /** By question: the first 32 bits of the SHA-256 of what the answer says, as lower-case hexadecimal; null where it was not answered. */
  digests: z
    .array(
      z
        .string()
        .regex(/^[0-9a-f]{8}$/)
        .nullable(),
    )
    .min(1)
    .max(mostQuestions),
  /** The first answers in short, with their status. */
  told: z.array(z.string().max(longestToldAnswer)).max(mostToldAnswers),
  /** Median of the time from a question to its whole answer, ms, connection included; null where none was answered. */
  medianMs: z.number().min(0).nullable(),
  /** The examples of the contract, asked in the same deployment. */
  contract: z.strictObject({
    requests: z.number().int().min(0),
    /** Null where it was asked; else why not. */
    notAsked: z.string().nullable(),
    differences: z.array(answerDifferenceSchema).max(mostKeptDifferences),
  }),
});
export type AnswersMeasurement = z.infer<typeof answersMeasurementSchema>;
