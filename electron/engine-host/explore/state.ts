import type { ExploreState, ExploreUnit, LabEventOf, Topology, UnitState } from '../../../engine/model/index.ts';

const keptLogLines = 500;

export function emptyState(): ExploreState {
  return {
    phase: 'idle',
    runtime: null,
    topology: null,
    url: null,
    units: [],
    replacement: null,
    release: null,
    live: { changes: [], halfWay: false },
    faults: [],
    visitors: null,
    problem: null,
    logs: [],
  };
}

/** Every instance that the topology begins with. */
export function firstUnits(topology: Topology): ExploreUnit[] {
  return topology.units.flatMap(({ name, modules, instances = 1 }) =>
    Array.from({ length: instances }, (_, instance) => nobodyKnows({ name, instance, modules, state: 'building' })),
  );
}

/**
 * With what happened to an instance: one that is told of for the first time is there from then on, one that has stopped is not, except while everything stops. What is told of
 * building is told of a unit.
 */
export function withUnitState(
  state: ExploreState,
  { unit, instance = 0, state: unitState }: Pick<LabEventOf<'unit-state'>, 'unit' | 'instance' | 'state'>,
): ExploreState {
  const isMeant = (one: ExploreUnit): boolean =>
    one.name === unit && (unitState === 'building' || one.instance === instance);
  if (unitState === 'stopped' && state.phase === 'running')
    return { ...state, units: state.units.filter((one) => !isMeant(one)) };
  if (state.units.some(isMeant))
    return { ...state, units: state.units.map((one) => (isMeant(one) ? { ...one, state: unitState } : one)) };
  const places = state.topology?.units ?? [];
  const modules = places.find(({ name }) => name === unit)?.modules;
  if (modules === undefined || unitState === 'stopped') return state;
  const place = ({ name }: ExploreUnit): number => places.findIndex((one) => one.name === name);
  const units = [...state.units, nobodyKnows({ name: unit, instance, modules, state: unitState })];
  return { ...state, units: units.toSorted((a, b) => place(a) - place(b) || a.instance - b.instance) };
}

/** With what was seen of instances when somebody looked. Events alone say which there are, and where those are that are still being started. */
export function withLook(state: ExploreState, seen: readonly ExploreUnit[]): ExploreState {
  const units = state.units.map((unit) => {
    if (starting.has(unit.state)) return unit;
    return seen.find(({ name, instance }) => name === unit.name && instance === unit.instance) ?? unit;
  });
  return { ...state, units };
}

const starting: ReadonlySet<UnitState> = new Set<UnitState>(['building', 'creating', 'starting']);

function nobodyKnows(unit: Pick<ExploreUnit, 'name' | 'instance' | 'modules' | 'state'>): ExploreUnit {
  return { ...unit, cpuShare: null, memoryBytes: null, restarts: 0 };
}

export function withLog(state: ExploreState, { atMs, unit, stream, line }: LabEventOf<'log'>): ExploreState {
  return { ...state, logs: [...state.logs, { atMs, unit, stream, line }].slice(-keptLogLines) };
}
