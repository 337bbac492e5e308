export { compareAnswers, type AnswersComparison, type ToldQuestion } from './compare.ts';
export { referenceOf } from './reference.ts';
