import { AgentFailure } from './agent-failure.ts';
import { readLines } from './lines.ts';
import { agentMessageSchema, type AgentCommand, type AgentMessage } from './protocol.ts';
import type { AgentStreams } from './streams.ts';

type Hello = Extract<AgentMessage, { type: 'hello' }>;
/** A command without its number. */
export type Ask = AgentCommand extends infer Command
  ? Command extends AgentCommand
    ? Omit<Command, 'id'>
    : never
  : never;

interface Pending {
  resolve(message: AgentMessage): void;
  reject(error: unknown): void;
  /** Messages that do not end the call. */
  onMessage?: (message: AgentMessage) => void;
}

const LAST_WORDS_LINES = 10;

/** Numbered commands and the messages that answer them. All pending calls reject when the agent ends. */
export class Calls {
  private readonly pending = new Map<number, Pending>();
  private readonly lastWords: string[] = [];
  private readonly companion: AgentStreams;
  private nextId = 1;
  private gone: AgentFailure | null = null;
  private readonly greeting: Promise<Hello>;
  private greet: (hello: Hello) => void = () => {};
  private refuse: (error: Error) => void = () => {};

  constructor(companion: AgentStreams) {
    this.companion = companion;
    this.greeting = new Promise((resolve, reject) => {
      this.greet = resolve;
      this.refuse = reject;
    });
    this.greeting.catch(() => undefined);
    companion.stdin.on('error', () => undefined);
    const heard = readLines(companion.stdout, (line) => this.receive(line));
    const said = readLines(companion.stderr, (line) => {
      this.lastWords.push(line);
      if (this.lastWords.length > LAST_WORDS_LINES) this.lastWords.shift();
    });
    void Promise.all([heard, said, companion.exited.catch(() => null)]).then(([, , code]) => this.end(code));
  }

  async hello(timeoutMs: number): Promise<Hello> {
    return withDeadline(this.greeting, timeoutMs, () => `The agent did not start within ${timeoutMs} ms.`);
  }

  /** Sends a command and waits for its answer. */
  async ask(command: Ask, timeoutMs: number, signal?: AbortSignal): Promise<AgentMessage> {
    signal?.throwIfAborted();
    const { id, answered } = this.start(command, timeoutMs);
    if (signal === undefined) return answered;
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        // Also ends the wait for the deadline, which would keep the program from ending.
        this.pending.get(id)?.reject(abortReason(signal));
        this.pending.delete(id);
      };
      signal.addEventListener('abort', abort, { once: true });
      answered.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
    });
  }

  /** Sends a command; `onMessage` gets what comes before its answer. */
  start(
    command: Ask,
    timeoutMs: number,
    onMessage?: (message: AgentMessage) => void,
  ): { id: number; answered: Promise<AgentMessage> } {
    const id = this.nextId++;
    const answer = new Promise<AgentMessage>((resolve, reject) => {
      if (this.gone !== null) reject(this.gone);
      else this.pending.set(id, { resolve, reject, onMessage });
    });
    if (this.gone === null) this.write({ ...command, id });
    const answered = withDeadline(answer, timeoutMs, () => {
      this.pending.delete(id);
      return `The agent did not answer to "${command.type}" within ${timeoutMs} ms.`;
    });
    return { id, answered };
  }

  /** Sends a command that has no answer. */
  tell(command: Ask): void {
    if (this.gone === null) this.write({ ...command, id: this.nextId++ });
  }

  private write(command: AgentCommand): void {
    if (this.companion.stdin.writable) this.companion.stdin.write(`${JSON.stringify(command)}\n`);
  }

  private receive(line: string): void {
    const message = parse(line);
    if (message === null) {
      this.lastWords.push(line.slice(0, 500));
      return;
    }
    if (message.type === 'hello') {
      this.greet(message);
      return;
    }
    const call = this.pending.get(message.id);
    if (call === undefined) return;
    if (message.type === 'load-slice') {
      call.onMessage?.(message);
      return;
    }
    this.pending.delete(message.id);
    if (message.type === 'failure') call.reject(new AgentFailure(message.kind, message.text));
    else call.resolve(message);
  }

  private end(code: number | null): void {
    const words = this.lastWords.length === 0 ? '' : ` Its last words: ${this.lastWords.join(' | ')}`;
    this.gone = new AgentFailure(
      'gone',
      `The agent has ended (${code === null ? 'killed' : `exit code ${code}`}).${words}`,
    );
    this.refuse(this.gone);
    for (const call of this.pending.values()) call.reject(this.gone);
    this.pending.clear();
  }
}

function parse(line: string): AgentMessage | null {
  try {
    return agentMessageSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
}

/** Rejects with a `timeout` AgentFailure when the promise takes longer. */
async function withDeadline<T>(promise: Promise<T>, timeoutMs: number, text: () => string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AgentFailure('timeout', text())), timeoutMs);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

function abortReason(signal: AbortSignal): Error {
  const reason: unknown = signal.reason;
  return reason instanceof Error ? reason : new Error('This was cancelled.', { cause: reason });
}
