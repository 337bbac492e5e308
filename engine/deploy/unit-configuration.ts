import type { Settings } from '../model/index.ts';
import type { DatabaseAddress } from '../runtime/index.ts';

/** What a unit's process reads from the environment variable `CLEAVE_UNIT` (JSON). The kit validates it at its own door. */
export interface UnitConfiguration {
  protocol: 1;
  application: string;
  unit: string;
  /** Which instance of it, from 0. */
  instance: number;
  modules: string[];
  /** Every unit of the topology, itself included, with where the others reach its instances. */
  units: Record<string, { modules: string[]; urls: string[] }>;
  listen: { host: string; port: number };
  control: { host: string; port: number; token: string };
  dataDirectory: string;
  seed: { value: number; sizes: Record<string, number> };
  settings: Settings;
  /** The server that holds its data, and how many connections it may hold at once; absent: SQLite in `dataDirectory`. */
  database?: DatabaseAddress & { password: string; connections: number };
}
