import { utilityProcess, type UtilityProcess } from 'electron';
import type { RequestArguments, RequestResults } from '../../engine/model/index.ts';
import {
  Problem,
  type ForwardedRequest,
  type HostCommand,
  type HostConfiguration,
  type HostEventName,
  type HostEvents,
  type HostMessage,
  type HostRequestName,
  type HostRequests,
} from '../host-protocol/index.ts';
import type { Log } from './log.ts';

/** The engine, in a process of its own. */
export interface EngineHost {
  request<N extends HostRequestName>(
    name: N,
    ...args: HostRequests[N]['arguments']
  ): Promise<HostRequests[N]['result']>;
  /** Passes on a request of the window, whose arguments have been checked. */
  forward<N extends ForwardedRequest>(name: N, args: RequestArguments<N>): Promise<RequestResults[N]>;
  /** Puts a new process in its place, which a process that waits for a file that never answers needs: what is asked of it fails. */
  replace(): void;
  /** Ends it: kindly, and by force when it takes longer than `patienceMs`. */
  stop(patienceMs: number): Promise<void>;
  /** The process id, for diagnostics; null while there is none. */
  readonly pid: number | null;
}

export interface EngineHostOptions {
  /** What the process is called in lists of processes. */
  serviceName: string;
  /** Awaited before the first request is answered; what it throws is the answer to every one. */
  ready?: () => Promise<void>;
  modulePath: string;
  configuration: () => HostConfiguration;
  environment: Record<string, string>;
  on: { [N in HostEventName]: (payload: HostEvents[N]) => void };
  /** Whether it does nothing that would be lost with it: it is replaced where a file system that does not answer holds it. */
  expendable: boolean;
  /** It died and is being started again. */
  onCrash: () => void;
  log: Log;
}

interface Pending {
  of: UtilityProcess;
  resolve: (value: unknown) => void;
  reject: (error: Problem) => void;
}

const crashMessage = 'The engine part of Cleave stopped unexpectedly and was started again.';
const crashNextStep = 'Start the experiment again. If this repeats, open the log folder from the Help menu.';
const stuckMessage = 'A file gave no answer for so long that reading was given up.';
const stuckNextStep = 'See whether the disk or the network folder that it is on is there, and try again.';
const restartsPerMinute = 5;

/**
 * The engine's process: started by the first request, so that a window that opens has the processors to itself, and kept running:
 * a death fails what was pending and starts a new one.
 */
export function openEngineHost(options: EngineHostOptions): EngineHost {
  const { log } = options;
  const pending = new Map<number, Pending>();
  let nextId = 1;
  let stopping = false;
  let deaths: number[] = [];
  let child: UtilityProcess | null = null;

  function launch(): UtilityProcess {
    const started = utilityProcess.fork(options.modulePath, [], {
      serviceName: options.serviceName,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...definedEnvironment(), ...options.environment },
    });
    started.stdout?.on('data', (chunk: Buffer) => log('info', `host: ${chunk.toString().trimEnd()}`));
    started.stderr?.on('data', (chunk: Buffer) => log('warning', `host: ${chunk.toString().trimEnd()}`));
    started.on('message', (message: HostMessage) => receive(started, message));
    started.once('exit', (code) => onExit(started, code));
    post(started, 'host:configure', [options.configuration()]).catch((error: unknown) =>
      log('error', `the host could not be configured: ${String(error)}`),
    );
    return started;
  }

  function onExit(ended: UtilityProcess, code: number): void {
    failPending(ended, () => new Problem('engine-host-crashed', crashMessage, crashNextStep));
    if (stopping || ended !== child) return;
    log('error', `the engine host exited with code ${code}`);
    const nowMs = Date.now();
    deaths = [...deaths.filter((atMs) => nowMs - atMs < 60_000), nowMs];
    // Dying again and again it is left alone until somebody asks for something.
    child = deaths.length <= restartsPerMinute ? launch() : null;
    options.onCrash();
  }

  function failPending(of: UtilityProcess, why: () => Problem): void {
    for (const [id, waiting] of pending)
      if (waiting.of === of) {
        pending.delete(id);
        waiting.reject(why());
      }
  }

  function replace(): void {
    const stuck = child;
    if (stuck === null || stopping) return;
    log('warning', `${options.serviceName} waits for a file that does not answer, and is replaced`);
    child = null;
    failPending(stuck, () => new Problem('no-answer', stuckMessage, stuckNextStep));
    stuck.kill();
  }

  function receive(from: UtilityProcess, message: HostMessage): void {
    switch (message.type) {
      case 'stuck':
        if (options.expendable && from === child) replace();
        return undefined;
      case 'log':
        return log(message.level, `host: ${message.text}`);
      case 'event':
        return announce(message);
      case 'answer': {
        const waiting = pending.get(message.id);
        pending.delete(message.id);
        if (message.ok) waiting?.resolve(message.value);
        else waiting?.reject(new Problem(message.problem.code, message.problem.message, message.problem.nextStep));
      }
    }
  }

  function announce(message: Extract<HostMessage, { type: 'event' }>): void {
    switch (message.name) {
      case 'engine:changed':
        return options.on['engine:changed'](message.payload);
      case 'explore:changed':
        return options.on['explore:changed'](message.payload);
      case 'results:changed':
        return options.on['results:changed'](message.payload);
      case 'experiments:changed':
        return options.on['experiments:changed'](message.payload);
      case 'applications:changed':
        return options.on['applications:changed'](message.payload);
      case 'run:event':
        return options.on['run:event'](message.payload);
    }
  }

  function post(target: UtilityProcess, name: HostRequestName, args: unknown[]): Promise<unknown> {
    if (target.pid === undefined && deaths.length > restartsPerMinute) {
      return Promise.reject(
        new Problem('engine-host-gone', 'The engine part of Cleave keeps stopping.', 'Quit Cleave and open it again.'),
      );
    }
    const id = nextId;
    nextId += 1;
    return new Promise((resolve, reject) => {
      pending.set(id, { of: target, resolve, reject });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      target.postMessage({ type: 'request', id, name, arguments: args } satisfies HostCommand);
    });
  }

  let readiness: Promise<void> | null = null;
  const running = async (): Promise<UtilityProcess> => {
    await (readiness ??= options.ready?.() ?? Promise.resolve());
    return (child ??= launch());
  };

  return {
    request: <N extends HostRequestName>(name: N, ...args: HostRequests[N]['arguments']) =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the host is our own program and answers by the same map
      running().then((target) => post(target, name, args)) as Promise<HostRequests[N]['result']>,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
    forward: <N extends ForwardedRequest>(name: N, args: RequestArguments<N>) =>
      running().then((target) => post(target, name, args)) as Promise<RequestResults[N]>,
    replace,
    stop: async (patienceMs) => {
      stopping = true;
      const ending = child;
      if (ending?.pid === undefined) return;
      const exited = new Promise<void>((resolve) => void ending.once('exit', () => resolve()));
      await within(post(ending, 'host:shutdown', []), patienceMs).catch((error: unknown) =>
        log('warning', `the host did not shut down kindly: ${String(error)}`),
      );
      ending.kill();
      await within(exited, 2000).catch(() => undefined);
    },
    get pid() {
      return child?.pid ?? null;
    },
  };
}

function within<T>(work: Promise<T>, limitMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`took longer than ${limitMs} ms`)), limitMs);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
