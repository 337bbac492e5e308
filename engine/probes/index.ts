export type { ProbeContext } from './context.ts';
