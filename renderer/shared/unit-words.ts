import type { UnitState } from '../../engine/model/index.ts';

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
  stopped: { text: 'stopped', tone: 'off' },
  failed: { text: 'failed', tone: 'bad' },
};
