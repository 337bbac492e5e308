import { own, type Fault, type LabEvent, type UnitState } from '../../../engine/model/index.ts';
import { stateTogether, stateUnder } from '../../shared/unit-words.ts';
import type { UnitView } from './run-view.ts';

type Units = Readonly<Record<string, readonly UnitView[]>>;

/** The last known state of every instance of every unit of every variant. A new round of a variant starts from nothing. */
export function applyUnits(units: Units, events: readonly LabEvent[]): Units {
  if (!events.some((event) => event.type === 'unit-state' || event.type === 'round-started')) return units;
  const next: Record<string, readonly UnitView[]> = { ...units };
  for (const event of events) {
    if (event.type === 'round-started') next[event.variant] = [];
    if (event.type !== 'unit-state') continue;
    const list = own(next, event.variant) ?? [];
    const { instance = 0 } = event;
    const before = list.find((unit) => unit.name === event.unit && unit.instance === instance);
    const restarted = event.state === 'restarting' && before?.state !== 'restarting' ? 1 : 0;
    const unit: UnitView = {
      name: event.unit,
      instance,
      state: event.state,
      detail: event.detail,
      sinceMs: before?.state === event.state ? before.sinceMs : event.atMs,
      restarts: (before?.restarts ?? 0) + restarted,
    };
    next[event.variant] =
      before === undefined ? [...list, unit] : list.map((other) => (other === before ? unit : other));
  }
  return next;
}

/** A unit as it is drawn, of which so many instances should be there and these faults are on. Pure. */
export function drawnUnit(
  instances: readonly UnitView[],
  wanted: number,
  faults: readonly Fault[],
): { state: UnitState; detail: string | null; restarts: number } {
  const together = stateTogether(
    instances.map(({ state }) => state),
    wanted,
  );
  const isOfOne = (fault: Fault): boolean => wanted > 1 && fault.instances === 'one';
  const under = stateUnder(
    together,
    faults.filter((fault) => !isOfOne(fault)).map(({ kind }) => kind),
  );
  const oneIsHit = faults.some((fault) => isOfOne(fault) && fault.kind !== 'none');
  const detail = instances.find((one) => one.state === together && one.detail !== null)?.detail ?? null;
  const ready = instances.filter(({ state }) => state === 'ready').length;
  return {
    state: under === 'ready' && oneIsHit ? 'faulted' : under,
    detail: detail ?? (wanted > 1 && together !== 'stopped' ? `${ready} of ${wanted} instances are ready` : null),
    restarts: instances.reduce((sum, { restarts }) => sum + restarts, 0),
  };
}
