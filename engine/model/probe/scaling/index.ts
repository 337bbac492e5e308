export * from './hot.ts';
export * from './measurement.ts';
export { hotModule, scalingOf } from './preset.ts';
export type { ScalingSettings } from './settings.ts';
