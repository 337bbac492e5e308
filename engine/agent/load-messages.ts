import type { LoadMeasurement, LoadPlan, LoadSlice } from '../model/index.ts';

/** What the agent tells the load process. */
export type LoadOrder =
  /** `addresses`: where to instead of the plan's; null: where the plan says. */
  | { type: 'start'; id: number; plan: LoadPlan; addresses: readonly string[] | null }
  | { type: 'stop'; id: number }
  | { type: 'lead'; order: number; addresses: readonly string[] };

/** What the load process tells the agent. */
export type LoadNews =
  | { type: 'slice'; id: number; slice: LoadSlice }
  | { type: 'end'; id: number; measurement: LoadMeasurement }
  | { type: 'failed'; id: number; text: string };

/** Told when the requests under way to addresses that an order left out have ended. */
export interface LoadLed {
  type: 'led';
  order: number;
}

/** Argument that makes the program a load process. */
export const LOAD_PROCESS_ARGUMENT = '--load-process';
