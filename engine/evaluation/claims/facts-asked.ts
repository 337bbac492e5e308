import { decisionQuestions } from '../../model/index.ts';

/** What a decision weighs. */
export const weighedMetrics: ReadonlySet<string> = new Set(decisionQuestions.flatMap(({ measuredBy }) => measuredBy));
