import type { Readable, Writable } from 'node:stream';
import type { Target } from '../languages/index.ts';
import type { Environment, Language, RuntimeKind, Unit } from '../model/index.ts';

/** Identity of a run, put as labels on everything that is created for it. */
export interface RunIdentity {
  session: string;
  run: string;
}

/** What this runtime can and cannot do here; nothing outside runtime/ asks which runtime it is. */
export interface RuntimeCapabilities {
  /** Units can be held to CPUs by number; known for certain once `resources` was asked. */
  cpuPinning: boolean;
  /** Units are held to their memory by the system; without it only Node's own heap is limited. */
  memoryLimit: boolean;
  /** Units can be paused (freeze). */
  pause: boolean;
  /** A unit's share of CPU can be lowered while it runs. */
  cpuQuota: boolean;
  /** A unit can be cut from another. */
  partition: boolean;
  /** Bytes sent and received are counted by unit. */
  networkCounters: boolean;
}

/** How the machine is shared out: which CPUs the units get together, which the agent and engine keep. */
export interface CpuAssignment {
  application: number[];
  generator: number[];
}

/** The program of one unit, ready to be made into an artifact. */
export interface UnitSource {
  unit: Unit;
  application: string;
  language: Language;
  /** All of the program, by relative path; what is started is the one that `launchOf` names. */
  files: Record<string, Uint8Array>;
  /** Hash of all of it: the artifact's tag. */
  hash: string;
}

/** A built unit: an image, or a folder for the process runtime. */
export interface Artifact {
  unit: string;
  reference: string;
  totalBytes: number;
  addedBytes: number;
  buildMs: number;
  kind: 'cold' | 'warm';
}

export interface UnitStart {
  unit: Unit;
  /** Which of its instances this is, from 0; the first where it is left out. */
  instance?: number;
  artifact: Artifact;
  /** Environment of the unit's process. */
  environment: Record<string, string>;
  memoryBytes: number;
  /** Only the entry unit is reachable from this machine, on 127.0.0.1; all its instances at one address. */
  published: boolean;
  /** Wanted host port of the published unit; 0 or undefined: any free one. It stays that of the site. */
  publishedPort?: number;
}

/** How a limit of CPU is kept. */
export interface CpuLimit {
  /** What may be used at once is what is due in this time, ms (10 to 1,000); 100 where it is left out. A short one makes small shares stutter less. The share of it must be 1 ms at least. */
  periodMs?: number;
  signal?: AbortSignal;
}

export interface UnitStats {
  atMs: number;
  /** Since the last start of the unit's process, seconds: a restart begins at 0 again. Of this and the others null: the system does not tell. */
  cpuSeconds: number | null;
  /** Less the page cache that can be dropped; null also for what does not run. */
  memoryBytes: number | null;
  networkReceivedBytes: number | null;
  networkSentBytes: number | null;
}

export interface UnitStatus {
  state: 'running' | 'paused' | 'restarting' | 'stopped';
  /** Starts by the supervisor; engines begin to count anew when a unit is started by wish. */
  restarts: number;
  /** The unit has ended for want of memory at least once; stays true after a restart. */
  outOfMemory: boolean;
  exitCode: number | null;
  startedAtMs: number | null;
  /** Cores that the system holds it to; null without a limit. */
  cpuLimitCores: number | null;
}

/** What a unit runs with, read from the system and not from what was asked for; null: it cannot be told. */
export interface UnitFacts {
  /** The reference of the artifact that its image says it was built as; empty where it says none, null where units are no images. */
  builtAs: string | null;
  /** Id of what its process was made from. */
  image: string | null;
  /** Id of what lies below every unit; `OTHER_BASE` where this one does not stand on it. */
  base: string | null;
  /** CPUs that it is held to, as the system writes sets of them: `0-1,3`; empty: to none. */
  cpus: string | null;
  /** Limit of its memory; 0: none. */
  memoryBytes: number | null;
  /** CPU time that it may take beside that, in CPUs; 0: no such limit. */
  cpuQuota: number | null;
  /** Processes and threads that it may have; 0: no limit. */
  processes: number | null;
  /** Swap that it may use beyond its memory; 0: none, -1: as much as there is. */
  swapBytes: number | null;
  user: string | null;
  /** Whether it is started again after a crash. */
  heals: boolean | null;
  environment: Record<string, string> | null;
}

export interface LogLine {
  atMs: number;
  stream: 'stdout' | 'stderr';
  line: string;
}

/**
 * What happened to a unit's process. `restart`: started again by the supervisor; `start`: by the engine's wish. `oom` comes just before or
 * after the `die` it causes.
 */
export interface UnitEvent {
  unit: string;
  instance: number;
  kind: 'start' | 'restart' | 'die' | 'oom' | 'pause' | 'resume';
  /** When it happened by the runtime's clock, ms since the epoch. */
  atMs: number;
  /** When this process was told, ms since the epoch. */
  seenAtMs: number;
  /** Of `die`; null where a signal ended it and no code is known. */
  exitCode: number | null;
}

/** Marks of a start, ms since `startUnit` was called, by the monotonic clock. */
export interface StartMarks {
  createStartMs: number;
  createdMs: number;
  startedMs: number;
}

/** One instance of a unit. */
export interface RunningUnit {
  /** Of the unit, the same for all its instances. */
  readonly name: string;
  /** From 0; the same however often its process is started. */
  readonly instance: number;
  readonly modules: readonly string[];
  readonly marks: StartMarks;
  /** As seen from the agent and from the other units. */
  readonly serviceUrl: string;
  readonly controlUrl: string;
  /** As seen from this machine, the same for all instances; null unless published. */
  readonly publishedUrl: string | null;
  stats(signal?: AbortSignal): Promise<UnitStats>;
  status(signal?: AbortSignal): Promise<UnitStatus>;
  facts(signal?: AbortSignal): Promise<UnitFacts>;
  /** The last lines written so far, oldest first. */
  recentLogs(lines: number): Promise<LogLine[]>;
  /** Calls back for every line from now on, and where nobody has listened yet perhaps for those before; the returned function unsubscribes. */
  onLog(listener: (line: LogLine) => void): () => void;
  /** Ends the process at once; it is not restarted until `start`. */
  kill(signal?: AbortSignal): Promise<void>;
  start(signal?: AbortSignal): Promise<void>;
  pause(signal?: AbortSignal): Promise<void>;
  resume(signal?: AbortSignal): Promise<void>;
  /** Limits CPU to that many cores (0.01 and more); null restores what it had. See `CpuLimit`. */
  limitCpu(cores: number | null, options?: CpuLimit): Promise<void>;
  /** Cuts the unit off the others and the agent; `connect` restores name and addresses. */
  disconnect(signal?: AbortSignal): Promise<void>;
  connect(signal?: AbortSignal): Promise<void>;
  /** Asks it to end, ends it after 2 s, and removes it; its data stays until the site closes. Safe to call twice. */
  remove(signal?: AbortSignal): Promise<void>;
}

/** Stream pair of a program placed beside the application. */
export interface CompanionProcess {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Settles with the exit code when it ends; null where a signal or a lost connection ended it. */
  exited: Promise<number | null>;
  stop(): Promise<void>;
}

/** Where an instance answers, and what it is to listen on for that. */
export interface InstanceAddress {
  serviceUrl: string;
  controlUrl: string;
  listen: { host: string; port: number };
  control: { host: string; port: number };
}

/** A server of the store, which stands beside the units in the same budget. */
export interface DatabaseStart {
  /** One of those that the site was opened with. */
  name: string;
  artifact: Artifact;
  memoryBytes: number;
  /** How many connections it takes from units. */
  connections: number;
  /** Of the role that units log in as; letters and digits. */
  password: string;
}

/** How units reach a server of the store. */
export interface DatabaseAddress {
  host: string;
  port: number;
  user: string;
  /** The database in it. */
  name: string;
}

/** A private place for one deployment: its network, its agent, its units and the servers of their store. */
export interface Site {
  /** Those of first instances are known before anything starts, so that units can be told of each other. */
  addressOf(unit: string): InstanceAddress;
  /** Of a further instance; to be asked for before it is started. */
  addressOfInstance(unit: string, instance: number): Promise<InstanceAddress>;
  /** Leads people on this machine to these instances of the published unit from now on; connections that are there stay. */
  lead(instances: readonly RunningUnit[]): void;
  /** Where a unit may write, as the unit sees it; all its instances share it. */
  readonly dataDirectory: (unit: string) => string;
  /** Starts the agent program (one self-contained ECMAScript module) beside the application. */
  startCompanion(program: Uint8Array, signal?: AbortSignal): Promise<CompanionProcess>;
  startUnit(start: UnitStart, signal?: AbortSignal): Promise<RunningUnit>;
  /** Known before it starts. Throws EngineError for one that the site was not opened with. */
  databaseAddress(name: string): DatabaseAddress;
  /**
   * Starts a server of the store on a new data folder, or on what it left when one of that name was removed. It is up when it says so in its log (`DATABASE_IS_UP`). Its `cpu`, memory and life are those
   * of a unit without modules.
   */
  startDatabase(start: DatabaseStart, signal?: AbortSignal): Promise<RunningUnit>;
  /** Everything that was started here and not removed: instances of units, and servers of the store. */
  readonly units: readonly RunningUnit[];
  /** Calls back for what happens to the units from now on; the returned function unsubscribes. */
  onUnitEvent(listener: (event: UnitEvent) => void): () => void;
  /** Aborts, with an EngineError of kind `vanished`, when somebody else removed what belongs to it; within 5 s of that. */
  readonly vanished: AbortSignal;
  /** Looks now whether all that belongs to it is still there; rejects as `vanished` says if not. */
  assertThere(): Promise<void>;
  /**
   * Removes everything that belongs to it, whatever state it is in, and settles when it is gone. Safe to call twice; never throws for what is
   * gone already. Rejects naming what would not go; the next call tries again.
   */
  close(): Promise<void>;
}

export interface SiteOptions {
  run: RunIdentity;
  /** The topology's unit names, so that addresses can be laid out. */
  units: readonly string[];
  /** Names of the servers of the store, none of them a unit's; none where it is left out. */
  databases?: readonly string[];
  cpus: CpuAssignment | null;
  signal?: AbortSignal;
}

/** Something whose owner cannot be told alive or dead from here. */
export interface UnknownThing {
  /** Names it to `SweepOptions.alsoRemove`. */
  key: string;
  title: string;
  /** When it was made, ms since the epoch; null where that is not known. */
  createdMs: number | null;
}

export interface SweepReport {
  removed: string[];
  /** Held by a living owner. */
  kept: string[];
  /** Kept too, for nobody can say from here whether their owner lives. */
  unknown: UnknownThing[];
  /** What should have gone and could not: one sentence each. */
  failed: string[];
}

export interface SweepOptions {
  signal?: AbortSignal;
  /** Also empties the image cache. */
  images?: boolean;
  /** Keys of unknown things that a person wants removed. */
  alsoRemove?: ReadonlySet<string>;
}

/** Where units run. Every call on the engine below has a deadline of its own. */
export interface Runtime {
  readonly kind: RuntimeKind;
  readonly capabilities: RuntimeCapabilities;
  /** What programs are built for. */
  readonly target: Target;
  /** Facts for the result's environment. */
  inspect(signal?: AbortSignal): Promise<Pick<Environment, 'engine' | 'baseImage'>>;
  /** What the clock says by which its events are stamped, ms since the epoch. */
  nowMs(signal?: AbortSignal): Promise<number>;
  /** What there is to share out between application and generator. Which CPUs those are by number is certain only where units can be held to them. */
  resources(signal?: AbortSignal): Promise<{ cpus: number[]; memoryBytes: number }>;
  /** Makes or finds the artifact. `fresh` builds even when one with this hash exists (to time a cold build). */
  build(
    source: UnitSource,
    options: { fresh: boolean; run: RunIdentity; signal?: AbortSignal; onProgress?: (text: string) => void },
  ): Promise<Artifact>;
  /** Makes or finds what servers of the store are started from. Throws EngineError `unsupported` where it cannot be had. */
  buildDatabase(options: {
    run: RunIdentity;
    signal?: AbortSignal;
    onProgress?: (text: string) => void;
  }): Promise<Artifact>;
  openSite(options: SiteOptions): Promise<Site>;
  /** One echo unit, create to first answer, ms: the floor under every deployment time. */
  measureFloor(run: RunIdentity, signal?: AbortSignal): Promise<number>;
  /** Removes what dead runs left; what belongs to a living owner, or to one that cannot be told dead from here, is kept. */
  sweep(options?: SweepOptions): Promise<SweepReport>;
  close(): Promise<void>;
}
