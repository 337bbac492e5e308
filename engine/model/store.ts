import { languageOf } from './language.ts';
import { own } from './own.ts';
import type { Topology } from './topology.ts';
import type { Settings, Variant } from './variant.ts';

type Stored = { topology: Topology; settings: Pick<Settings, 'store'> };

/** One server of the store, and the units whose data it holds. */
export interface DatabasePlan {
  name: string;
  units: readonly string[];
}

const prefix = 'database';

/** The servers that stand beside the units of a variant, by name; none where each unit has a file, and none for units in another language, which keep what they have to themselves. Pure. */
export function databasesOf({ topology, settings }: Stored): DatabasePlan[] {
  const units = topology.units.filter((unit) => languageOf(unit) === 'typescript').map(({ name }) => name);
  switch (settings.store) {
    case 'sqlite':
      return [];
    case 'postgres':
      return [{ name: prefix, units }];
    case 'postgres-per-unit':
      return units.map((unit) => ({ name: `${prefix}-${unit}`, units: [unit] }));
    default:
      return settings.store satisfies never;
  }
}

/** The server that holds a unit's data; null where it has a file. Pure. */
export function databaseOfUnit(variant: Stored, unit: string): string | null {
  return databasesOf(variant).find(({ units }) => units.includes(unit))?.name ?? null;
}

/** The modules whose data a server of that name holds; none where it is no server of the variant. Pure. */
export function modulesOnServer(variant: Stored, server: string): string[] {
  const units = databasesOf(variant).find(({ name }) => name === server)?.units ?? [];
  return variant.topology.units.flatMap(({ name, modules }) => (units.includes(name) ? modules : []));
}

/** Why the store does not fit the topology, one sentence; null where it does. Pure. */
export function storeProblem(variant: Pick<Variant, 'topology' | 'settings'>): string | null {
  const taken = databasesOf(variant).find(({ name }) => variant.topology.units.some((unit) => unit.name === name));
  return taken === undefined
    ? null
    : `the unit "${taken.name}" is called like a server of the store ${variant.settings.store}; give the unit another name`;
}

const titles: Readonly<Record<Settings['store'], string>> = {
  sqlite: 'SQLite, a file for each unit',
  postgres: 'PostgreSQL 18, one server for all units',
  'postgres-per-unit': 'PostgreSQL 18, a server for each unit',
};

/** A store as people say it; one that no version of today knows as it stands. */
export const storeInWords = (store: string): string => own(titles, store) ?? store;
