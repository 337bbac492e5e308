import type { Settings } from './configuration.ts';
import type { CallContext } from './context.ts';
import type { Client, Contract, Handlers } from './contract.ts';
import type { Database } from './database/database.ts';
import type { Prepared, Seed } from './database/migrate.ts';
import type { Route } from './http/route.ts';
import type { Log } from './log.ts';
import type { Degrade } from './policies/degrade.ts';

/** What a module is given to work with. */
export interface ModuleEnvironment<Uses extends Record<string, Contract> = Record<string, Contract>> {
  /** Bound clients of what the module uses; whether a callee is near or far cannot be told from them. */
  readonly clients: { readonly [K in keyof Uses]: Client<Uses[K]> };
  readonly database: Database;
  /** Which instance of the unit this is; the same after a crash. */
  readonly instance: string;
  readonly settings: Settings;
  /** The variant's value of a tunable amount of work, or `fallback`. */
  readonly tunable: (name: string, fallback: number) => number;
  readonly seed: Seed;
  readonly log: Log;
  /** Asks an optional module and answers without it when it fails. */
  readonly degrade: Degrade;
  /** Whether one transaction can span all of these modules: they share this unit and so its database. */
  readonly canShareTransaction: (modules: readonly string[]) => boolean;
  /** Rejects with `CallError` `provider-unavailable` while the module's provider outside the application is out of reach. */
  readonly assertProviderReachable: () => void;
}

/** What a module's factory makes. */
export interface ModuleInstance<C extends Contract = Contract> {
  readonly handlers: Handlers<C>;
  /** Pages and public API, served when this module is the entry. */
  readonly routes?: readonly Route[];
  /** The module's books, for checking after a load. */
  audit?(): Promise<unknown>;
  /** Number of pieces of work that are not settled yet. */
  pending?(): Promise<number>;
  /** Begins background work, once the unit is ready. */
  start?(): void;
  /** Ends it, and settles when another instance may go on with it; requests may still be under way. Called once or more, at last when none is. */
  stop?(): Promise<void>;
}

/** A module with its types forgotten, as the kit hosts it. */
export interface ModuleDefinition extends Prepared {
  readonly contract: Contract;
  readonly uses: Readonly<Record<string, Contract>>;
  create(environment: ModuleEnvironment): ModuleInstance;
}

interface TypedModule<C extends Contract, Uses extends Record<string, Contract>> {
  readonly contract: C;
  readonly uses: Uses;
  /** SQL that creates the module's tables, one element a version; names begin with the module's name. */
  readonly migrations?: readonly string[];
  readonly seed?: Prepared['seed'];
  create(environment: ModuleEnvironment<Uses>): ModuleInstance<C>;
}

/** Declares a module. Its name is its contract's. */
export function defineModule<C extends Contract, Uses extends Record<string, Contract>>(
  module: TypedModule<C, Uses>,
): ModuleDefinition {
  // The kit binds exactly the clients that `uses` names, so the types it forgets here hold.
  const migrations = module.migrations ?? [];
  return { ...module, migrations, name: module.contract.name };
}

export type { CallContext };
