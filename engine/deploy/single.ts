import type { Application, LabEvent, RuntimeChoice, Topology } from '../model/index.ts';
import { instanceProblems, settingsSchema, variantSchema, type Settings } from '../model/index.ts';
import { closeAfterwards, closeOnFailure, inFull, onceDone, type Runtime } from '../runtime/index.ts';
import { buildArtifacts } from './artifacts.ts';
import { DeployError } from './deploy-error.ts';
import { deploy, type Deployment } from './deployment.ts';
import type { Laboratory } from './laboratory.ts';
import { shareMachine } from './machine.ts';

export interface SingleOptions {
  laboratory: Laboratory;
  application: Application;
  topology: Topology;
  settings?: Settings;
  runtime: RuntimeChoice;
  /** Identity of this session, put on everything that is created. */
  session: string;
  engineAddress?: string;
  publishedPort?: number;
  signal: AbortSignal;
  onEvent: (event: LabEvent) => void;
}

export interface SingleDeployment {
  runtime: Runtime;
  /** Why this runtime was taken. */
  reason: string;
  deployment: Deployment;
  /** Removes everything and closes the runtime, also when the deployment would not go. Safe to call twice; after a failure the next call tries again. */
  close(): Promise<void>;
}

/**
 * Deploys one topology outside any experiment, to look at it, shop in it and break it by hand. When it throws it has removed what it made; what it
 * could not remove is told as an event.
 */
export async function deployTopology(options: SingleOptions): Promise<SingleDeployment> {
  const { laboratory, application, topology, signal, onEvent } = options;
  const store = options.settings?.store ?? settingsSchema.parse({}).store;
  const [problem] = instanceProblems(topology, store, application);
  if (problem !== undefined) throw new DeployError(problem);
  const { runtime, reason } = await laboratory.openRuntime(options.runtime, {
    explicitEngine: options.engineAddress,
    session: options.session,
  });
  const bringUp = async (): Promise<SingleDeployment> => {
    const run = { session: options.session, run: options.session };
    const variant = variantSchema.parse({ name: topology.name, topology, settings: options.settings ?? {} });
    const artifacts = await buildArtifacts({
      laboratory,
      runtime,
      application,
      topology,
      store: variant.settings.store,
      variant: variant.name,
      run,
      fresh: false,
      signal,
      onEvent,
    });
    const deployment = await deploy({
      laboratory,
      runtime,
      application,
      variant,
      artifacts,
      run,
      cpus: null,
      memoryBytes: (await shareMachine(runtime, { cpus: null, memoryBytes: null }, 1, signal)).memoryBytes,
      dataSeed: application.seed.default,
      publishedPort: options.publishedPort,
      floorMs: null,
      signal,
      onEvent,
    });
    const close = onceDone(() =>
      closeAfterwards(
        async () => void (await deployment.close()),
        () => runtime.close(),
      ),
    );
    return { runtime, reason, deployment, close };
  };
  return closeOnFailure(bringUp, () =>
    runtime.close().catch((problem: unknown) => {
      onEvent({ atMs: laboratory.clock.nowMs(), type: 'message', level: 'error', text: inFull(problem) });
    }),
  );
}
