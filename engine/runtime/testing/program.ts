import type { UnitStart } from '../types.ts';

export interface FakeRequest {
  method: string;
  /** Path and query, from the first slash on. */
  path: string;
  headers: Record<string, string>;
  body: string | null;
  /** Came in on the control port. */
  control: boolean;
}

export interface FakeAnswer {
  status: number;
  /** Made into JSON unless it is text. */
  body: unknown;
}

/** Why a request had no answer. */
export type Silence = 'refused' | 'timeout';

/** What a program can do to the unit that it runs in. */
export interface FakeHost {
  log(line: string): void;
  /** Ends the process with this code; the supervisor starts it again. */
  exit(code: number, reason?: 'oom'): void;
  /** Adds to the CPU time used, seconds. */
  spend(cpuSeconds: number): void;
}

/** A process of a unit: made anew at each start, so that what it keeps is lost as a real one's is. */
export interface FakeProgram {
  handle(request: FakeRequest): FakeAnswer | Silence;
}

export type FakeProgramMaker = (start: UnitStart, host: FakeHost) => FakeProgram;

/** How requests reach units inside a site. */
export interface FakeNetwork {
  /** The answer of the unit that listens at the URL, or why there is none now. */
  ask(url: string, request: Omit<FakeRequest, 'path' | 'control'>): FakeAnswer | Silence;
}
