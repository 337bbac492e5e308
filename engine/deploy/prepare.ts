import { connectAgent, type AgentClient } from '../agent/index.ts';
import { steadyClock, type Clock } from '../clock/index.ts';
import { databasesOf, storeProblem } from '../model/index.ts';
import { closeOnFailure, onceDone, orVanished, type Artifact, type Site } from '../runtime/index.ts';
import { agentInLaboratoryTime } from './agent-in-laboratory-time.ts';
import { Clocks } from './clocks.ts';
import { DeployError } from './deploy-error.ts';
import type { DeployOptions } from './deployment.ts';

/** All that a deployment needs before its first unit: networks, volumes, the agent, and how far their clocks are off. */
export interface Prepared {
  site: Site;
  agent: AgentClient;
  clock: Clock;
  clocks: Clocks;
  /** What servers of the store are started from; null where there are none. */
  database: Artifact | null;
  /** How long networks, volumes and agent took, ms. */
  preparationMs: number;
  /** Removes all of it, and whatever was added to the site. Safe to call twice; after a failure the next call tries again. */
  close: () => Promise<void>;
}

/** Makes it ready. It may be made before it is needed, and is closed by whoever has it. Throws with nothing left behind. */
export async function prepare({
  laboratory,
  runtime,
  run,
  variant,
  cpus,
  signal,
}: Pick<DeployOptions, 'laboratory' | 'runtime' | 'run' | 'variant' | 'cpus' | 'signal'>): Promise<Prepared> {
  const problem = storeProblem(variant);
  if (problem !== null) throw new DeployError(problem);
  const databases = databasesOf(variant).map(({ name }) => name);
  // Made with the units; found here, before anything is timed.
  const database = databases.length === 0 ? null : await runtime.buildDatabase({ run, signal });
  const clock = steadyClock(laboratory.clock);
  const clocks = new Clocks(clock);
  const from = clock.monotonicMs();
  const site = await runtime.openSite({
    ...{ run, cpus, signal, databases },
    units: variant.topology.units.map((unit) => unit.name),
  });
  let connected: AgentClient | undefined;
  const close = onceDone(async () => {
    await connected?.close().catch(() => undefined);
    // What would not go is tried again, and told, when the runtime is closed.
    await site.close();
  });
  const connect = async (): Promise<Prepared> => {
    connected = await connectAgent(await site.startCompanion(await laboratory.agentProgram(), signal));
    const preparationMs = clock.monotonicMs() - from;
    await clocks.measureAgent(connected);
    await clocks.measureEngine(runtime, signal);
    return { site, agent: agentInLaboratoryTime(connected, clocks), clock, clocks, database, preparationMs, close };
  };
  return closeOnFailure(() => orVanished(site, connect), close);
}
