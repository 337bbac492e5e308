import type { Clock } from '../clock/index.ts';
import type { Machine } from '../machine/index.ts';
import type { Application, ContractDifference, OfferedContract, RuntimeChoice, Unit } from '../model/index.ts';
import type { OpenRuntimeOptions, Runtime } from '../runtime/index.ts';
import type { BundledUnit, BundleOptions } from './bundle.ts';
import type { Edit } from './edit.ts';

/** What one session asks of the runtime it opens. */
export type RuntimeWish = Pick<OpenRuntimeOptions, 'session' | 'explicitEngine' | 'signal' | 'onProgress'>;

/** Where the laboratory finds and puts things. Made once by each program that hosts the engine. */
export interface Laboratory {
  version: string;
  /** Commit of the laboratory's own source, where known. */
  sourceCommit: string | null;
  /** Whether the source was not as in that commit; absent or null where nobody can tell. */
  sourceDirty?: boolean | null;
  /** Folder with one folder an application, each with an `application.yaml`. */
  applicationsDirectory: string;
  /** They did not come with the program: without containers they would run with the person's own rights. */
  applicationsAreOthers?: boolean;
  /** Results, saved topologies and experiments. */
  dataDirectory: string;
  /** Intents and owners of living runs, for the sweep. */
  stateDirectory: string;
  /** Scratch space: programs, what compilers find again, base image parts. */
  workDirectory: string;
  /** A Node 24 binary for the process runtime. */
  nodePath: string;
  /** Self-contained program of the agent. */
  agentProgram(): Promise<Uint8Array>;
  /** Makes one program of each unit's modules and the application's kit, by name of the unit. Throws BundleError, or the signal's reason. */
  bundle(application: Application, units: readonly Unit[], options?: BundleOptions): Promise<Map<string, BundledUnit>>;
  /** A program that writes the OpenAPI document of a unit's modules to its standard output and ends. Throws BundleError. */
  bundleDescription(application: Application, unit: Unit, edit?: Edit): Promise<Uint8Array>;
  /** The application's sources after these changes, one after another. Throws ChangeError. */
  edit(application: Application, changes: readonly string[]): Promise<Edit>;
  /** What is otherwise in the second OpenAPI document, for those who know the first. Throws ContractError, or the signal's reason. */
  compare(before: object, after: object, signal?: AbortSignal): Promise<ContractDifference[]>;
  /** What each module offers; of one that cannot be told there is nothing. */
  offers(application: Application, signal?: AbortSignal): Promise<ReadonlyMap<string, OfferedContract>>;
  clock: Clock;
  machine: Machine;
  /**
   * Opens the runtime asked for and says why it is that one; the caller closes it.
   * @throws EngineError `no-engine` when docker was demanded and none answers
   */
  openRuntime(choice: RuntimeChoice, wish: RuntimeWish): Promise<{ runtime: Runtime; reason: string }>;
}
