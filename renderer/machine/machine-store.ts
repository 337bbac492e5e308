import { create } from 'zustand';
import type { MachineNow } from '../../engine/model/index.ts';
import { useRun } from '../run/run-store.ts';
import { ask } from '../shared/bridge.ts';

const firstAfterMs = 5000;
const everyMs = 15_000;

/** The machine as it was last looked at, and when; null before. */
export const useMachine = create<{ now: MachineNow | null; atMs: number }>(() => ({ now: null, atMs: 0 }));

/** Looks now. A machine that cannot be looked at is no reason for anything: it stays as it was. */
export async function lookAtMachine(): Promise<MachineNow | null> {
  const now = await ask('machine:look').catch(() => null);
  if (now !== null) useMachine.setState({ now, atMs: Date.now() });
  return now;
}

/** Looks again and again while the window is seen and nothing is measured; a look would be in the way of a run. Returns the end of it. */
export function followMachine(): () => void {
  const look = (): void => {
    if (!document.hidden && !useRun.getState().active) void lookAtMachine();
  };
  const first = setTimeout(look, firstAfterMs);
  const timer = setInterval(look, everyMs);
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
}
