import type { ExploreState, LabEventOf, UnitState } from '../../../engine/model/index.ts';

const keptLogLines = 500;

export function emptyState(): ExploreState {
  return {
    phase: 'idle',
    runtime: null,
    topology: null,
    url: null,
    units: [],
    faults: [],
    visitors: null,
    problem: null,
    logs: [],
  };
}

export function withUnitState(state: ExploreState, unit: string, unitState: UnitState): ExploreState {
  return {
    ...state,
    units: state.units.map((candidate) => (candidate.name === unit ? { ...candidate, state: unitState } : candidate)),
  };
}

export function withLog(state: ExploreState, { atMs, unit, stream, line }: LabEventOf<'log'>): ExploreState {
  return { ...state, logs: [...state.logs, { atMs, unit, stream, line }].slice(-keptLogLines) };
}
