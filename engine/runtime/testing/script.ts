/** Every call that can be made on the fake engine, by name. */
export type FakeCall =
  | 'inspect'
  | 'time'
  | 'resources'
  | 'build'
  | 'build-database'
  | 'open-site'
  | 'start-companion'
  | 'start-unit'
  | 'start-database'
  | 'stats'
  | 'status'
  | 'facts'
  | 'logs'
  | 'kill'
  | 'start'
  | 'pause'
  | 'resume'
  | 'limit-cpu'
  | 'disconnect'
  | 'connect'
  | 'remove'
  | 'measure-floor'
  | 'close-site'
  | 'sweep'
  | 'close';

/** One call as the script sees it. */
export interface ScriptedCall {
  call: FakeCall;
  /** The how many-eth of its name, from 1 on. */
  nth: number;
  /** The how many-eth of all, from 1 on. */
  index: number;
  unit: string | null;
  signal: AbortSignal | undefined;
}

/** What a test does at each call before it takes effect: note it, wait, or throw in the engine's place. */
export type Script = (call: ScriptedCall) => void | Promise<void>;

/** Counts the calls and plays the script at each. */
export class Calls {
  readonly made: ScriptedCall[] = [];
  readonly #script: Script;

  constructor(script: Script) {
    this.#script = script;
  }

  /** Throws what the script throws, and the signal's reason when it aborts first. */
  async play(
    call: FakeCall,
    { unit = null, signal }: { unit?: string | null; signal?: AbortSignal } = {},
  ): Promise<void> {
    const nth = this.made.filter((other) => other.call === call).length + 1;
    const scripted = { call, nth, index: this.made.length + 1, unit, signal };
    this.made.push(scripted);
    signal?.throwIfAborted();
    await untilAborted(Promise.resolve(this.#script(scripted)), signal);
    signal?.throwIfAborted();
  }
}

/** The work, or the signal's reason, whichever is first. */
async function untilAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
