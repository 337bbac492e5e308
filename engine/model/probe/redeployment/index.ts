export * from './measurement.ts';
export * from './part.ts';
