/** How a program is started and ended. Whoever brings it ends everything that was started. */
export interface ProgramHost {
  /** Where the next unit is to be: each is asked for once. */
  place(): Promise<UnitPlace>;
  /** Starts the program at a place with this text in `CLEAVE_UNIT`; undefined: without the variable. */
  start(configuration: string | undefined, place: UnitPlace): Promise<ProgramProcess>;
  /** As `start`, with `CLEAVE_GUARD=1` and a pipe on descriptor 3; or why nobody can do that here. */
  guarded: string | ((configuration: string, place: UnitPlace) => Promise<GuardedProcess>);
}

/** Where one unit is. */
export interface UnitPlace {
  /** The public port and the control port, as they are reached from here. */
  url: string;
  controlUrl: string;
  /** The public port as other units reach it. */
  serviceUrl: string;
  listen: { host: string; port: number };
  control: { host: string; port: number };
  /** A folder that is the unit's own. */
  dataDirectory: string;
}

/** A program that was started. */
export interface ProgramProcess {
  /** Settles when the signal has most likely arrived, as far as that can be told from here; never rejects. */
  signal(name: 'SIGTERM' | 'SIGKILL'): Promise<void>;
  /** Settles as soon as it is known that the process has ended. */
  ended: Promise<Ending>;
  /** What it has taken of the machine; absent where that is seen on this machine by the id that the unit tells. */
  usage?: () => Promise<Usage>;
}

/** Since the process began; null where nobody tells. */
export interface Usage {
  /** When it was read, ms; only differences mean something. */
  atMs: number;
  /** On a processor, ms. */
  takenMs: number | null;
  /** In line for a processor, ms. */
  inLineMs: number | null;
  residentBytes: number | null;
}

export interface GuardedProcess extends ProgramProcess {
  /** Ends the pipe, as the end of whoever started the program would. */
  letGo(): void;
}

export interface Ending {
  /** Null where a signal ended it, and where nobody tells. */
  code: number | null;
  signal: string | null;
  /** The last of what it wrote to its standard error; what brings it may be slower than the end was. Never rejects. */
  lastWords: () => Promise<string>;
}
