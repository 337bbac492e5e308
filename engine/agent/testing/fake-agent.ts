import { PassThrough } from 'node:stream';
import type { Clock } from '../../clock/index.ts';
import type { GeneratorHealth, LoadPlan, Step } from '../../model/index.ts';
import { readLines } from '../lines.ts';
import { agentCommandSchema, type AgentCommand, type AgentMessage } from '../protocol.ts';
import type { AgentStreams } from '../streams.ts';
import { runFakeLoad, type Served } from './fake-load.ts';

export interface FakeAgentSurroundings {
  clock: Clock;
  /** How far the agent's clock is ahead of the laboratory's when it starts, ms. */
  offsetMs?: number;
  /** How much faster it runs, parts of a million. */
  driftPpm?: number;
  /** How far its clock has jumped by now, ms, as that of a machine that stood still for a while. */
  jumpMs?: () => number;
  /** Told of everything that it is asked, before it does that; it waits where this does. */
  onCommand?(command: AgentCommand): void | Promise<void>;
  /** The answer of what listens at a URL, or why there is none. */
  ask(
    url: string,
    request: { method: string; headers: Record<string, string>; body: string | null },
  ): { status: number; body: unknown } | 'refused' | 'timeout';
  serve(step: Step, key: string | null, traceId: string | null): Served;
  health?(plan: LoadPlan): Partial<GeneratorHealth>;
}

/** An agent that speaks the real protocol over streams, but lives in the test's process and time. */
export function startFakeAgent(surroundings: FakeAgentSurroundings): AgentStreams & { stop(): Promise<void> } {
  const { clock, offsetMs = 0, driftPpm = 0, jumpMs = () => 0 } = surroundings;
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const ended = new AbortController();
  const loads = new Map<number, AbortController>();
  const tell = (message: AgentMessage): void => {
    if (!ended.signal.aborted) stdout.write(`${JSON.stringify(message)}\n`);
  };
  // As the real one's: laid out once from the monotonic reading, so that nobody sets it while it runs.
  const originMs = clock.nowMs() + offsetMs - clock.monotonicMs();
  const rate = 1 + driftPpm / 1e6;
  const own: Clock = {
    nowMs: () => originMs + clock.monotonicMs() * rate + jumpMs(),
    monotonicMs: () => clock.monotonicMs() * rate,
    delay: (durationMs, signal) => clock.delay(durationMs / rate, signal),
    after: (durationMs, callback) => clock.after(durationMs / rate, callback),
  };
  const now = (): number => own.nowMs();

  const obey = async (command: AgentCommand): Promise<void> => {
    const { id } = command;
    const held = surroundings.onCommand?.(command);
    if (held !== undefined) await held;
    switch (command.type) {
      case 'ping':
        tell({ type: 'pong', id, atMs: now() });
        break;
      case 'request': {
        const startedAtMs = now();
        const answer = surroundings.ask(command.url, command);
        if (typeof answer === 'string') {
          if (answer === 'timeout') await clock.delay(command.timeoutMs, ended.signal);
          tell({ type: 'failure', id, kind: answer, text: `${command.url}: ${answer}` });
          break;
        }
        const isText = typeof answer.body === 'string';
        const body = isText ? String(answer.body) : JSON.stringify(answer.body);
        const headers: Record<string, string> = isText ? {} : { 'content-type': 'application/json' };
        tell({ type: 'response', id, status: answer.status, headers, body, startedAtMs, endedAtMs: now() });
        break;
      }
      case 'await-ready': {
        const untilMs = clock.monotonicMs() + command.timeoutMs;
        for (let attempts = 1; ; attempts += 1) {
          const answer = surroundings.ask(command.url, { method: 'GET', headers: {}, body: null });
          if (typeof answer !== 'string' && answer.status === 200) {
            tell({ type: 'ready', id, readyAtMs: now(), attempts });
            return;
          }
          if (clock.monotonicMs() >= untilMs) {
            tell({ type: 'failure', id, kind: 'timeout', text: `${command.url} was not ready in time` });
            return;
          }
          await clock.delay(command.intervalMs, ended.signal);
        }
      }
      case 'load': {
        const stopped = new AbortController();
        loads.set(id, stopped);
        const measurement = await runFakeLoad(command.plan, {
          clock: own,
          serve: (step, key, traceId) => surroundings.serve(step, key, traceId),
          health: (plan) => surroundings.health?.(plan) ?? {},
          stopped: AbortSignal.any([stopped.signal, ended.signal]),
          onSlice: (slice) => tell({ type: 'load-slice', id, slice }),
        });
        loads.delete(id);
        tell({ type: 'load-end', id, measurement });
        break;
      }
      case 'lead':
        tell({ type: 'led', id });
        break;
      case 'stop-load':
        loads.get(command.loadId)?.abort();
        break;
    }
  };

  const exited = readLines(stdin, (line) => {
    const command = agentCommandSchema.parse(JSON.parse(line));
    obey(command).catch((error: unknown) => {
      if (!ended.signal.aborted) tell({ type: 'failure', id: command.id, kind: 'other', text: String(error) });
    });
  }).then(() => {
    ended.abort(new Error('the agent has ended'));
    stdout.end();
    stderr.end();
    return 0;
  });
  tell({ type: 'hello', protocol: 1, nodeVersion: 'v24.0.0', pid: 1 });
  return {
    stdin,
    stdout,
    stderr,
    exited,
    stop: async () => {
      stdin.end();
      await exited;
    },
  };
}
