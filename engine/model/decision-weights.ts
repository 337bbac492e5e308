import { z } from 'zod';
import { decisionQuestions, mostWeight, type DecisionWeights } from './decision-question.ts';

/** Weights as the window sends them and the profile keeps them. */
export const decisionWeightsSchema: z.ZodType<DecisionWeights> = z.partialRecord(
  z.enum(decisionQuestions.map(({ name }) => name)),
  z.number().min(0).max(mostWeight),
);
