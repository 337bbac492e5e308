import { z } from 'zod';

/** How a change of a contract is for those who know the one before. */
export const contractLevelSchema = z.enum([
  /** They are not served any more. */
  'breaking',
  /** Some of them may not be, by what they rely on. */
  'may-break',
  'harmless',
]);
export type ContractLevel = z.infer<typeof contractLevelSchema>;

/** The same for people, the worst first. */
export const contractLevelWords: Readonly<Record<ContractLevel, string>> = {
  breaking: 'breaks callers',
  'may-break': 'may break callers',
  harmless: 'breaks nobody',
};

export const contractDifferenceSchema = z.strictObject({
  /** `module.operation`, or method and path of a route for people. */
  operation: z.string().max(1000),
  level: contractLevelSchema,
  /** The rule by which it was found, as the comparing program names it. */
  rule: z.string().max(200),
  text: z.string().max(1000),
});
/** One thing that is otherwise in a contract. */
export type ContractDifference = z.infer<typeof contractDifferenceSchema>;
