import type { Deployment } from '../deploy/index.ts';
import type { Fault, FaultKind } from '../model/index.ts';
import type { RunningUnit } from '../runtime/index.ts';
import { FaultError, type FaultContext, type FaultDefinition, type InjectedFault } from './types.ts';

interface StoreServerFault {
  kind: FaultKind;
  title: string;
  meaning: string;
  selfHealing?: boolean;
  /** Why this runtime cannot do it, one sentence; null when it can. */
  unable: (deployment: Deployment) => string | null;
  /** Does it to the server; gives how it is taken back, and what is left of it then. */
  hit: (
    server: RunningUnit,
    deployment: Deployment,
  ) => Promise<Pick<InjectedFault, 'undo' | 'remaining' | 'effectAtMs'>>;
}

/** A fault of the server that holds the data of the module's unit: with one server for all units it is felt by all of them. */
export function storeServerFault(options: StoreServerFault): FaultDefinition {
  const { kind, title, meaning, selfHealing = false, unable, hit } = options;
  return {
    ...{ kind, title, meaning, selfHealing },
    scope: 'unit',
    hits: ({ deployment, fault }) => serverOf(deployment, fault).name,
    impossible: (context) => noServer(context) ?? unable(context.deployment),
    inject: async ({ deployment, fault }) => {
      const server = serverOf(deployment, fault);
      return { unit: server.name, ...(await hit(server, deployment)) };
    },
  };
}

/** Why nothing is broken between a module's unit and a server, one sentence: the variant's store, not its cut; null where there is one. */
export function noServer({ deployment, fault }: Pick<FaultContext, 'deployment' | 'fault'>): string | null {
  if (deployment.databaseOf(fault.module) !== null) return null;
  return deployment.variant.settings.store === 'sqlite'
    ? 'the store of this variant is SQLite, in a file of each unit: there is no server of it'
    : 'the unit is in another language and keeps its data to itself: no server of the store holds them';
}

function serverOf(deployment: Deployment, { module }: Fault): RunningUnit {
  const server = deployment.databaseOf(module);
  if (server === null) throw new FaultError(`no server holds the data of "${module}"`);
  return server;
}
