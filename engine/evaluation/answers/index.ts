export { compareAnswers, type AnswersComparison, type ToldQuestion } from './compare.ts';
