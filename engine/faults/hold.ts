import type { Clock } from '../clock/index.ts';
import { faultLabel } from '../model/index.ts';
import { FaultError, type FaultContext, type FaultDefinition, type InjectedFault } from './types.ts';

const triesMost = 3;
const betweenTriesMs = 200;

export type FaultPhase = 'injecting' | 'active' | 'undoing' | 'undone';

export interface HoldOptions {
  /** From the effect to the undo, ms. */
  holdMs: number;
  /** Ends the fault early; the undo is done all the same. */
  signal: AbortSignal;
  onPhase?: (phase: FaultPhase) => void;
}

/** A fault that was done and taken back; instants in ms since the epoch. */
export interface HeldFault {
  unit: string;
  effectAtMs: number;
  undoneAtMs: number;
}

/**
 * Does a fault, keeps it and takes it back, whatever happens meanwhile. An abort is thrown on only when everything is as before. Throws FaultError
 * when that could not be reached.
 */
export async function holdFault(
  definition: FaultDefinition,
  context: FaultContext,
  { holdMs, signal, onPhase = () => undefined }: HoldOptions,
): Promise<HeldFault> {
  signal.throwIfAborted();
  onPhase('injecting');
  const injected = await definition.inject(context);
  onPhase('active');
  const { clock } = context.deployment;
  const { unit, effectAtMs } = injected;
  // What ends the wait early must not end the undo.
  const interrupted = await clock.delay(effectAtMs + holdMs - clock.nowMs(), signal).then(
    () => false,
    () => true,
  );
  onPhase('undoing');
  const undoneAtMs = await endFault(injected, faultLabel(context.fault), clock);
  onPhase('undone');
  if (interrupted) signal.throwIfAborted();
  return { unit, effectAtMs, undoneAtMs };
}

/** Takes a fault back and looks that nothing of it remains; a call that fails on the way is repeated. Throws FaultError when it stays. */
export async function endFault(injected: InjectedFault, label: string, clock: Clock): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const undoneAtMs = await injected.undo();
      const remaining = await injected.remaining();
      if (remaining === null) return undoneAtMs;
      throw new FaultError(remaining);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      if (attempt === triesMost) throw new FaultError(`${label} could not be undone: ${why}`, { cause: error });
      await clock.delay(betweenTriesMs);
    }
  }
}
