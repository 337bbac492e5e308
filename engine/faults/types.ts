import type { Deployment } from '../deploy/index.ts';
import type { Fault, FaultKind } from '../model/index.ts';

export interface FaultContext {
  deployment: Deployment;
  fault: Fault;
  /** Identity of this injection, unique in the run. */
  id: string;
  /** The fault ends by itself after this long even when nobody undoes it, ms. */
  limitMs: number;
}

/** A fault in effect. */
export interface InjectedFault {
  /** The unit that was hit, in whichever of its instances. */
  unit: string;
  /** When it took effect, by acknowledgement, ms since the epoch. */
  effectAtMs: number;
  /** Takes it back and returns when that was done, ms since the epoch. Safe to call twice. */
  undo(): Promise<number>;
  /** What is still not as it was before, in words; null when everything is. */
  remaining(): Promise<string | null>;
}

export interface FaultDefinition {
  kind: FaultKind;
  title: string;
  /** What it does, one sentence for people. */
  meaning: string;
  /** `module`: a hook at the module's boundary; `unit`: done to whichever unit hosts it. */
  scope: 'module' | 'unit';
  /** Heals without an undo; recovery then counts from the effect. */
  selfHealing: boolean;
  /** The unit that it is done to; the one that hosts the fault's module where this is absent. */
  hits?(context: Pick<FaultContext, 'deployment' | 'fault'>): string;
  /** Why this deployment cannot have the fault, one sentence; null when it can. */
  impossible(context: Pick<FaultContext, 'deployment' | 'fault'>): string | null;
  inject(context: FaultContext): Promise<InjectedFault>;
}

/** A fault could not be done or undone. */
export class FaultError extends Error {
  override name = 'FaultError';
}
