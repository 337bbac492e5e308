export * from './messages.ts';
export * from './problem.ts';
