/** Where the laboratory finds and puts things. Made once by each program that hosts the engine. */
export interface Laboratory {
  version: string;
  /** Commit of the laboratory's own source, where known. */
  sourceCommit: string | null;
  /** Folder with one folder an application, each with an `application.yaml`. */
  applicationsDirectory: string;
  /** Results, saved topologies and experiments. */
  dataDirectory: string;
  /** Intents and owners of living runs, for the sweep. */
  stateDirectory: string;
  /** Scratch space: bundles, base image parts. */
  workDirectory: string;
  /** A Node 24 binary for the process runtime. */
  nodePath: string;
  /** Self-contained program of the agent. */
  agentProgram(): Promise<Uint8Array>;
}
