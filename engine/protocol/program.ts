/** How a program is started and ended. Whoever brings it ends everything that was started. */
export interface ProgramHost {
  /** Starts the program with this text in `CLEAVE_UNIT`; undefined: without the variable. */
  start(configuration: string | undefined): Promise<ProgramProcess>;
  /** As `start`, with `CLEAVE_GUARD=1` and a pipe on descriptor 3. Absent where the program is guarded by what starts it. */
  startGuarded?(configuration: string): Promise<GuardedProcess>;
  /** Ports of 127.0.0.1 that nobody listens on. */
  freePorts(count: number): Promise<number[]>;
  /** A folder that is the unit's own. */
  dataDirectory: string;
}

/** A program that was started. */
export interface ProgramProcess {
  signal(name: 'SIGTERM' | 'SIGKILL'): void;
  /** Settles when the process has ended. */
  ended: Promise<Ending>;
}

export interface GuardedProcess extends ProgramProcess {
  /** Ends the pipe, as the end of whoever started the program would. */
  letGo(): void;
}

export interface Ending {
  /** Null where a signal ended it. */
  code: number | null;
  signal: string | null;
  /** The last of what it wrote to its standard error. */
  lastWords: string;
}
