export * from './measurement.ts';
export * from './part.ts';
export * from './together.ts';
