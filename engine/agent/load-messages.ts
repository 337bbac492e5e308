import type { LoadMeasurement, LoadPlan, LoadSlice } from '../model/index.ts';

/** What the agent tells the load process. */
export type LoadOrder = { type: 'start'; id: number; plan: LoadPlan } | { type: 'stop'; id: number };

/** What the load process tells the agent. */
export type LoadNews =
  | { type: 'slice'; id: number; slice: LoadSlice }
  | { type: 'end'; id: number; measurement: LoadMeasurement }
  | { type: 'failed'; id: number; text: string };

/** Argument that makes the program a load process. */
export const LOAD_PROCESS_ARGUMENT = '--load-process';
