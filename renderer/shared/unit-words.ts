import type { FaultKind, UnitState } from '../../engine/model/index.ts';

export interface UnitWords {
  text: string;
  tone: 'good' | 'busy' | 'bad' | 'off';
}

/** A unit's state in a word, and how it is coloured. */
export const unitWords: Readonly<Record<UnitState, UnitWords>> = {
  building: { text: 'building', tone: 'busy' },
  creating: { text: 'creating', tone: 'busy' },
  starting: { text: 'starting', tone: 'busy' },
  ready: { text: 'ready', tone: 'good' },
  faulted: { text: 'broken', tone: 'bad' },
  restarting: { text: 'restarting', tone: 'bad' },
  paused: { text: 'paused', tone: 'bad' },
  killed: { text: 'killed', tone: 'bad' },
  stopped: { text: 'stopped', tone: 'off' },
  failed: { text: 'failed', tone: 'bad' },
};

/** How a unit looks while it is said to be in `state` and these faults are on it: what a fault does to the whole unit shows as that. Pure. */
export function stateUnder(state: UnitState, faults: readonly FaultKind[]): UnitState {
  if (state !== 'ready' || faults.length === 0) return state;
  if (faults.includes('crash-stays-down')) return 'killed';
  if (faults.includes('freeze')) return 'paused';
  if (faults.some((kind) => kind === 'crash' || kind === 'out-of-memory')) return 'restarting';
  return faults.every((kind) => kind === 'none') ? state : 'faulted';
}

/** What an instance that is not well or not there yet makes of its unit, the worst first. */
const worst: readonly UnitState[] = [
  ...(['failed', 'killed', 'restarting', 'paused', 'faulted'] as const),
  ...(['building', 'creating', 'starting'] as const),
];

/** The state of a unit from those of its instances, of which there should be so many: ready when all are. Those that have stopped count only where no other is there. Pure. */
export function stateTogether(states: readonly UnitState[], wanted = 1): UnitState {
  const there = states.filter((state) => state !== 'stopped');
  const told = worst.find((state) => states.includes(state));
  if (told !== undefined) return told;
  if (there.length >= Math.max(1, wanted)) return 'ready';
  return there.length === 0 || there.length < states.length ? 'stopped' : 'creating';
}

const troubled: ReadonlySet<UnitState> = new Set<UnitState>(['killed', 'restarting', 'paused', 'failed']);

/** What is the matter with units although no fault is on, one sentence; null where all is well. Pure. */
export function troubleIn(units: readonly { name: string; state: UnitState }[]): string | null {
  const those = units.filter(({ state }) => troubled.has(state));
  if (those.length === 0) return null;
  return `No fault is on, but ${those.map(({ name, state }) => `${name} is ${unitWords[state].text}`).join(', ')}.`;
}
