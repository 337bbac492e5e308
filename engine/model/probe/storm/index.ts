export * from './label.ts';
export * from './measurement.ts';
export * from './outcome.ts';
export * from './settings.ts';
