import { bindClient } from './calls/bind.ts';
import type { Callee } from './calls/callee.ts';
import { createFailureLog } from './calls/failure-log.ts';
import { localTransport } from './calls/local.ts';
import { Neighbours } from './calls/neighbours.ts';
import { remoteTransport } from './calls/remote.ts';
import type { Configuration } from './configuration.ts';
import { ConfigurationError } from './configuration.ts';
import type { Contract } from './contract.ts';
import type { Store } from './database/database.ts';
import { openStore } from './database/open.ts';
import { CallError } from './errors.ts';
import { FaultPoint } from './faults/point.ts';
import { HostedUnit } from './hosted-unit.ts';
import { createControlServer } from './http/control-server.ts';
import { createPublicServer } from './http/public-server.ts';
import type { Log } from './log.ts';
import { watchLoopLag } from './loop-lag.ts';
import type { ModuleDefinition, ModuleEnvironment, ModuleInstance } from './module.ts';
import { own } from './own.ts';
import { createCounters } from './policies/counters.ts';
import { createDegrade } from './policies/degrade.ts';
import { createRandom, seedFor } from './random.ts';
import { Tracer } from './trace.ts';

/** A unit that is up. */
export interface RunningUnit {
  readonly unit: HostedUnit;
  readonly publicPort: number;
  readonly controlPort: number;
  /** Accepts no more connections; requests under way go on. */
  readonly stopListening: () => void;
  /** Takes leave of the server that holds the data, where there is one. */
  readonly leaveStore: () => Promise<void>;
  /** Ends background work, servers, pools and the store. */
  readonly close: () => Promise<void>;
}

/** Hosts the modules of one unit in this process. Throws `ConfigurationError` when modules and configuration do not fit. */
export async function hostUnit(
  configuration: Configuration,
  definitions: Readonly<Record<string, ModuleDefinition>>,
  log: Log,
): Promise<RunningUnit> {
  const modules = chooseModules(configuration, definitions);
  const store = await openStore(configuration);
  const neighbours = new Neighbours(configuration);
  const { callees, instances, tracer, counters } = createModules(configuration, modules, store, neighbours, log);
  const loopLag = watchLoopLag();
  const contracts = new Map<string, Contract>(modules.map((module) => [module.name, module.contract]));
  const unit = new HostedUnit({
    ...{ configuration, contracts, callees, instances, neighbours, store },
    ...{ tracer, counters, loopLag },
  });
  const publicServer = createPublicServer(unit);
  const controlServer = createControlServer(unit);

  const close = async (): Promise<void> => {
    unit.faults.undoAll();
    // Nobody waits for what cannot be handed over any more.
    for (const instance of instances.values()) void instance.stop?.();
    loopLag.stop();
    await Promise.all([publicServer.close(), controlServer.close(), neighbours.close()]);
    await store.close();
  };
  try {
    await Promise.all([publicServer.listen(configuration.listen), controlServer.listen(configuration.control)]);
    unit.seedHash = await store.prepare(modules, configuration.seed);
    unit.prepared = true;
    for (const instance of instances.values()) instance.start?.();
  } catch (error) {
    await close();
    throw error;
  }
  return {
    unit,
    publicPort: portOf(publicServer.server.address()),
    controlPort: portOf(controlServer.server.address()),
    stopListening: () => void publicServer.server.close(),
    leaveStore: async () => {
      if (configuration.database !== undefined) await store.close();
    },
    close,
  };
}

function chooseModules(
  configuration: Configuration,
  definitions: Readonly<Record<string, ModuleDefinition>>,
): ModuleDefinition[] {
  return configuration.modules.map((name) => {
    const definition = own(definitions, name);
    if (definition === undefined) {
      throw new ConfigurationError(
        `modules: "${name}" is not in this bundle; it has ${Object.keys(definitions).join(', ')}`,
      );
    }
    if (definition.name !== name)
      throw new ConfigurationError(`modules: "${name}" has a contract named "${definition.name}"`);
    return definition;
  });
}

function createModules(
  configuration: Configuration,
  modules: readonly ModuleDefinition[],
  store: Store,
  neighbours: Neighbours,
  log: Log,
) {
  const tracer = new Tracer();
  const counters = createCounters();
  const callees = new Map<string, Callee>();
  const instances = new Map<string, ModuleInstance>();
  const { settings, seed } = configuration;
  const { resilience } = settings;
  const together = new Set(configuration.modules);
  const degrade = createDegrade(resilience, counters);

  for (const { name, contract } of modules) {
    callees.set(name, {
      name,
      operations: contract.operations,
      handlers: {},
      point: new FaultPoint(),
      logFailure: createFailureLog(log),
      calls: 0,
      failures: 0,
    });
  }
  for (const definition of modules) {
    const { name } = definition;
    const callee = callees.get(name);
    if (callee === undefined) continue;
    const bound = Object.entries(definition.uses).map(([key, contract]) => {
      const near = callees.get(contract.name);
      if (near === undefined) neighbours.assertKnown(contract.name);
      const client = bindClient(contract, {
        caller: name,
        target: contract.name,
        kind: near === undefined ? 'remote' : 'local',
        transport:
          near === undefined
            ? remoteTransport(neighbours.pools, () => neighbours.addressesOf(contract.name), contract.name)
            : localTransport(near),
        tracer,
        resilience,
        counters,
        random: createRandom(seedFor(seed.value, `${name}>${contract.name}`)),
      });
      return [key, client] as const;
    });
    const environment: ModuleEnvironment = {
      clients: Object.fromEntries(bound),
      instance: `${configuration.unit}#${configuration.instance}`,
      database: store.bind(name, () => callee.point.isOut('store')),
      settings,
      tunable: (tunable, fallback) => own(settings.tunables, tunable) ?? fallback,
      seed,
      log,
      degrade,
      canShareTransaction: (names) => names.every((other) => together.has(other)),
      assertProviderReachable() {
        if (callee.point.isOut('provider'))
          throw new CallError('provider-unavailable', `the provider of ${name} is out of reach`);
      },
    };
    const instance = definition.create(environment);
    instances.set(name, instance);
    callees.set(name, Object.assign(callee, { handlers: instance.handlers }));
  }
  return { callees, instances, tracer, counters };
}

function portOf(address: unknown): number {
  return typeof address === 'object' && address !== null ? (address as { port: number }).port : 0;
}
