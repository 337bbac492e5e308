export * from './load.ts';
export * from './measurement.ts';
export * from './outcome.ts';
export * from './part.ts';
