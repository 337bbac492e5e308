import { own, type LabEvent } from '../../../engine/model/index.ts';
import type { UnitView } from './run-view.ts';

type Units = Readonly<Record<string, readonly UnitView[]>>;

/** The last known state of every unit of every variant. A new round of a variant starts from nothing. */
export function applyUnits(units: Units, events: readonly LabEvent[]): Units {
  if (!events.some((event) => event.type === 'unit-state' || event.type === 'round-started')) return units;
  const next: Record<string, readonly UnitView[]> = { ...units };
  for (const event of events) {
    if (event.type === 'round-started') next[event.variant] = [];
    if (event.type !== 'unit-state') continue;
    const list = own(next, event.variant) ?? [];
    const before = list.find((unit) => unit.name === event.unit);
    const restarted = event.state === 'restarting' && before?.state !== 'restarting' ? 1 : 0;
    const unit: UnitView = {
      name: event.unit,
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
