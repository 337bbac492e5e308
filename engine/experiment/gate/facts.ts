import {
  requestsPerJourney,
  type Application,
  type Environment,
  type Experiment,
  type Quietness,
  type ReplacementStrategy,
  type SeenFacts,
  type Variant,
} from '../../model/index.ts';

/** What is known of one variant before or after it ran; null: not known. */
export interface VariantFacts {
  variant: Variant;
  sourceHash: string | null;
  sourceCommit: string | null;
  /** Digest of the image below every unit, or the version of the Node that runs them in the process runtime. */
  base: string | null;
  /** CPUs that all units of the deployment share, by number. */
  cpus: readonly number[] | null;
  memoryBytes: number | null;
  /** What the servers of the store have their part of, also where nothing holds units to their memory. */
  storeMemoryBytes: number | null;
  seed: number | null;
  /** What its running units showed; null before they did. */
  seen: SeenFacts | null;
  requestsPerJourney: number | null;
  /** Where the generator stands: a container on the application's network, or a process beside it. */
  generator: 'container' | 'process' | null;
  generatorCpus: readonly number[] | null;
}

/** Everything the fairness gate looks at. */
export interface GateInputs {
  variants: readonly VariantFacts[];
  /** Names of checks or settings whose difference is wanted, for example `consistency`, `tunables.work` or `cpu`. */
  declared: readonly string[];
  /** The machine just before the first round; null when it was not watched. */
  quietness: Quietness | null;
  /** CPUs that application and generator may be on, how many. */
  machineCpus: number;
  versions: Readonly<Record<string, string | null>>;
  /** How the deployments of a block take turns, in words; null or absent: their loads are in one piece. */
  turns?: string | null;
  /** How units are replaced while they are measured; null or absent: they are not. */
  strategy?: ReplacementStrategy | null;
}

/** The facts as they are known before the first round, when all variants get the same share of the same machine. */
export function plannedFacts(
  experiment: Experiment,
  application: Application,
  environment: Environment,
  storeMemoryBytes = environment.applicationMemoryBytes,
): VariantFacts[] {
  const { applicationCpus, generatorCpus, applicationMemoryBytes, runtime, baseImage } = environment;
  return experiment.variants.map((variant) => ({
    variant,
    sourceHash: environment.sourceHash,
    sourceCommit: environment.sourceCommit,
    // A process stands on whatever Node was found to run it, which no plan names.
    base: runtime === 'docker' ? (baseImage?.digest ?? null) : null,
    cpus: applicationCpus,
    memoryBytes: applicationMemoryBytes,
    storeMemoryBytes,
    seed: experiment.seed,
    seen: null,
    requestsPerJourney: requestsPerJourney(application),
    generator: runtime === 'docker' ? 'container' : 'process',
    generatorCpus,
  }));
}

/** All inputs of the gate as known before the first round. */
export function plannedGateInputs(
  experiment: Experiment,
  application: Application,
  environment: Environment,
  quietness: Quietness | null,
  storeMemoryBytes?: number,
): GateInputs {
  return {
    variants: plannedFacts(experiment, application, environment, storeMemoryBytes),
    declared: experiment.declaredDifferences,
    quietness,
    machineCpus: environment.usableCpus ?? environment.cpus,
    strategy: experiment.probes.redeployment?.strategy ?? null,
    versions: {
      Cleave: environment.cleaveVersion,
      Node: (environment.baseImage?.nodeVersion ?? environment.nodeVersion).replace(/^v/, ''),
      kernel: environment.kernel,
      ...(environment.runtime === 'docker' ? { engine: environment.engine?.version ?? null } : {}),
    },
  };
}
