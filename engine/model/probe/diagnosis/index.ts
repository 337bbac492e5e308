export * from './measurement.ts';
export { mostFollowed, type DiagnosisSettings } from './settings.ts';
