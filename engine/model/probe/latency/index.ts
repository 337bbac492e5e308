export * from './measurement.ts';
export { windowsOf } from './settings.ts';
