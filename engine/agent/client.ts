import { applicationSchema, type LoadMeasurement, type LoadPlan, type LoadSlice } from '../model/index.ts';
import { AgentFailure } from './agent-failure.ts';
import { Calls } from './calls.ts';
import type { HttpAnswer } from './http-request.ts';
import type { AgentCommand } from './protocol.ts';
import type { AgentStreams } from './streams.ts';

export interface AgentRequest {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string | null;
  timeoutMs: number;
  signal?: AbortSignal;
}

export interface LoadHandle {
  /**
   * The measurement, when the load has ended, by itself or through `stop`. Rejects with AgentFailure, and with the signal's reason
   * when that ended it.
   */
  done: Promise<LoadMeasurement>;
  /** Ends the load early: no new arrivals, open requests settle. Settles like `done`. */
  stop(): Promise<LoadMeasurement>;
}

/** The engine's end of the conversation with an agent. Every call has a deadline and rejects with AgentFailure. */
export interface AgentClient {
  readonly nodeVersion: string;
  /** What the agent's clock says, ms since the epoch. */
  ping(): Promise<{ atMs: number }>;
  /** One HTTP request as seen from beside the application; any status is an answer. */
  request(request: AgentRequest): Promise<HttpAnswer>;
  /** Asks `url` until it answers 200. */
  awaitReady(
    url: string,
    options: { intervalMs: number; timeoutMs: number; signal?: AbortSignal },
  ): Promise<{ readyAtMs: number; attempts: number }>;
  /**
   * Leads loads to these addresses from now on, those that run and those to come, whatever their plans say. Settles when the requests under way to others have ended, which
   * takes their deadline at most.
   */
  lead(urls: readonly string[], options: { timeoutMs: number; signal?: AbortSignal }): Promise<void>;
  startLoad(plan: LoadPlan, options?: { signal?: AbortSignal; onSlice?: (slice: LoadSlice) => void }): LoadHandle;
  /** Ends the agent by closing its input; pending calls reject. Safe to call twice. */
  close(): Promise<void>;
}

const HELLO_TIMEOUT_MS = 30_000;
const PING_TIMEOUT_MS = 10_000;
/** What a message may take to the agent and back on a busy machine, on top of the call's own deadline, ms. */
const RELAY_ALLOWANCE_MS = 10_000;
const CLOSE_TIMEOUT_MS = 5000;

/** Waits for the agent's greeting. Rejects with AgentFailure when it does not come, with the agent's last words. */
export async function connectAgent(companion: AgentStreams): Promise<AgentClient> {
  const calls = new Calls(companion);
  const hello = await calls.hello(HELLO_TIMEOUT_MS);

  const request = async (question: AgentRequest): Promise<HttpAnswer> => {
    const { signal, headers = {}, body = null, ...rest } = question;
    const answer = await calls.ask(
      { type: 'request', ...rest, headers, body },
      question.timeoutMs + RELAY_ALLOWANCE_MS,
      signal,
    );
    if (answer.type !== 'response') throw unexpected(answer.type);
    return answer;
  };

  return {
    nodeVersion: hello.nodeVersion,
    async ping() {
      const answer = await calls.ask({ type: 'ping' }, PING_TIMEOUT_MS);
      if (answer.type !== 'pong') throw unexpected(answer.type);
      return { atMs: answer.atMs };
    },
    request,
    async awaitReady(url, { signal, ...limits }) {
      const answer = await calls.ask(
        { type: 'await-ready', url, ...limits },
        limits.timeoutMs + RELAY_ALLOWANCE_MS,
        signal,
      );
      if (answer.type !== 'ready') throw unexpected(answer.type);
      return answer;
    },
    async lead(urls, { timeoutMs, signal }) {
      const answer = await calls.ask({ type: 'lead', urls: [...urls] }, timeoutMs + RELAY_ALLOWANCE_MS, signal);
      if (answer.type !== 'led') throw unexpected(answer.type);
    },
    startLoad: (plan, options = {}) => startLoad(calls, plan, options),
    async close() {
      companion.stdin.end();
      let timer: NodeJS.Timeout | undefined;
      const patience = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, CLOSE_TIMEOUT_MS);
      });
      await Promise.race([companion.exited, patience]);
      clearTimeout(timer);
    },
  };
}

function startLoad(
  calls: Calls,
  plan: LoadPlan,
  options: { signal?: AbortSignal; onSlice?: (slice: LoadSlice) => void },
): LoadHandle {
  const { signal, onSlice } = options;
  const longestMs = plan.stages.reduce((sum, stage) => sum + stage.durationMs, 0);
  // Every step of the longest journey may wait for its own deadline after the plan is over.
  const settleMs = plan.deadlineMs * (mostSteps(plan) + 1);
  const command: Omit<Extract<AgentCommand, { type: 'load' }>, 'id'> = { type: 'load', plan };
  const { id, answered } = calls.start(command, longestMs + settleMs + RELAY_ALLOWANCE_MS * 3, (message) => {
    if (message.type === 'load-slice') onSlice?.(message.slice);
  });
  const stop = (): void => calls.tell({ type: 'stop-load', loadId: id });
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted === true) stop();
  const done = answered
    .then((answer): LoadMeasurement => {
      signal?.throwIfAborted();
      if (answer.type !== 'load-end') throw unexpected(answer.type);
      return answer.measurement;
    })
    .finally(() => signal?.removeEventListener('abort', stop));
  // Whoever only stops a load must not be ended by its failure.
  done.catch(() => undefined);
  return {
    done,
    stop: () => {
      stop();
      return done;
    },
  };
}

/** Steps of the longest journey; journeys that are none the generator refuses by itself. */
function mostSteps(plan: LoadPlan): number {
  const journeys = applicationSchema.shape.journeys.safeParse(plan.journeys).data ?? {};
  return Math.max(0, ...Object.values(journeys).map(({ steps }) => steps.length));
}

function unexpected(type: string): AgentFailure {
  return new AgentFailure('protocol', `The agent answered with "${type}", which was not asked for.`);
}
