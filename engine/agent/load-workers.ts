import { fork, type ChildProcess } from 'node:child_process';
import type { LoadPlan } from '../model/index.ts';
import { LOAD_PROCESS_ARGUMENT, type LoadLed, type LoadNews, type LoadOrder } from './load-messages.ts';

interface Worker {
  process: ChildProcess;
  /** The load it runs; null when it is free. */
  loadId: number | null;
  /** Called when an order to lead is carried out, by its number. */
  led: Map<number, () => void>;
}

/**
 * The load processes of an agent: one load a process at a time. A free one is used again, so that the measured load runs in the
 * process that the warm-up load has warmed.
 */
export class LoadWorkers {
  private readonly workers = new Set<Worker>();
  private readonly program: string;
  private readonly onNews: (news: LoadNews) => void;
  private addresses: readonly string[] | null = null;
  private orders = 0;

  /** `program` is the file to start again as a load process. */
  constructor(program: string, onNews: (news: LoadNews) => void) {
    this.program = program;
    this.onNews = onNews;
  }

  start(id: number, plan: LoadPlan): void {
    const free = [...this.workers].find((worker) => worker.loadId === null) ?? this.spawn();
    free.loadId = id;
    send(free, { type: 'start', id, plan, addresses: this.addresses });
  }

  /** False when no such load is running. */
  stop(id: number): boolean {
    const worker = [...this.workers].find((candidate) => candidate.loadId === id);
    if (worker === undefined) return false;
    send(worker, { type: 'stop', id });
    return true;
  }

  /** Leads the loads that run, and those to come, to these addresses. */
  async lead(addresses: readonly string[]): Promise<void> {
    this.addresses = addresses;
    const running = [...this.workers].filter(({ loadId }) => loadId !== null);
    await Promise.all(
      running.map(
        (worker) =>
          new Promise<void>((resolve) => {
            this.orders += 1;
            worker.led.set(this.orders, resolve);
            send(worker, { type: 'lead', order: this.orders, addresses });
          }),
      ),
    );
  }

  close(): void {
    for (const worker of this.workers) worker.process.kill('SIGKILL');
  }

  private spawn(): Worker {
    const child = fork(this.program, [LOAD_PROCESS_ARGUMENT], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const worker: Worker = { process: child, loadId: null, led: new Map() };
    this.workers.add(worker);
    child.on('message', (news: LoadNews | LoadLed) => {
      if (news.type === 'led') {
        worker.led.get(news.order)?.();
        worker.led.delete(news.order);
        return;
      }
      if (news.type !== 'slice') worker.loadId = null;
      this.onNews(news);
    });
    const gone = (text: string): void => {
      for (const told of worker.led.values()) told();
      if (!this.workers.delete(worker) || worker.loadId === null) return;
      this.onNews({ type: 'failed', id: worker.loadId, text });
    };
    child.once('error', (error) => gone(`The load process failed: ${error.message}`));
    child.once('exit', (code, signal) =>
      gone(`The load process ended before its load did (${signal ?? `exit code ${code}`}).`),
    );
    return worker;
  }
}

function send(worker: Worker, order: LoadOrder): void {
  worker.process.send(order);
}
