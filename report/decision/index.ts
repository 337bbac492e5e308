export { decide, type Decision, type DecisionOption, type QuestionScore } from './decide.ts';
export { decideForSets, whyAllAgree } from './sets.ts';
export {
  groundsOf,
  leftOutInWords,
  recommendationOf,
  startingWeightsNames,
  tippingOf,
  weightsInWords,
} from './words.ts';
