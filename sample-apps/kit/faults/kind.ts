import type { z } from 'zod';
import type { Store } from '../database/database.ts';
import type { Random } from '../random.ts';
import type { FaultPoint } from './point.ts';

/** What a fault may take hold of. */
export interface FaultTarget {
  readonly module: string;
  readonly point: FaultPoint;
  readonly random: Random;
  /** See `Store`. */
  readonly limitConnections: Store['limitConnections'];
}

/** A fault at work. */
export interface ActiveFault {
  /** When it takes hold, ms from now. */
  readonly effectInMs: number;
  undo(): void;
}

/** One kind of fault. `inject` takes hold at once or after `effectInMs`; `undo` leaves nothing behind. */
export interface FaultKind<Parameters extends z.ZodType = z.ZodType> {
  readonly kind: string;
  readonly parameters: Parameters;
  inject(target: FaultTarget, parameters: z.output<Parameters>): ActiveFault;
}

export function faultKind<Parameters extends z.ZodType>(definition: FaultKind<Parameters>): FaultKind {
  return definition;
}

/** Time for the answer to the one who injects to leave before the process is disturbed, ms. */
export const answerFirstMs = 10;
