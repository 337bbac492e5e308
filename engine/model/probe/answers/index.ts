export { endpointsAsking } from './asking.ts';
export * from './measurement.ts';
export { askedModule, questionsOf, swappableModule } from './preset.ts';
export { questionAt, type DrawnQuestion } from './questions.ts';
export { mostQuestions, type AnswersSettings } from './settings.ts';
