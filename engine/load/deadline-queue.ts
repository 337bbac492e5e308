import { Fifo } from './fifo.ts';

/** Something that expires. */
export interface Expiring {
  intendedMs: number;
  done: boolean;
}

/**
 * Calls back for what is still not done a fixed time after its intended start. All deadlines are equally long and intended starts
 * nearly in order, so a plain queue with one timer for its head is enough; one that is out of order expires a little late.
 */
export class DeadlineQueue<T extends Expiring> {
  private readonly queue = new Fifo<T>();
  private timer: NodeJS.Timeout | null = null;
  private readonly deadlineMs: number;
  private readonly onExpired: (item: T, nowMs: number) => void;

  constructor(deadlineMs: number, onExpired: (item: T, nowMs: number) => void) {
    this.deadlineMs = deadlineMs;
    this.onExpired = onExpired;
  }

  add(item: T): void {
    while (this.queue.peek()?.done === true) this.queue.shift();
    this.queue.push(item);
    this.timer ??= setTimeout(this.check, this.deadlineMs);
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.queue.clear();
  }

  private readonly check = (): void => {
    this.timer = null;
    const nowMs = performance.now();
    for (let item = this.queue.peek(); item !== undefined; item = this.queue.peek()) {
      const leftMs = item.intendedMs + this.deadlineMs - nowMs;
      if (!item.done && leftMs > 0) {
        // An expiry may have entered a request, and armed the timer for it, meanwhile.
        if (this.timer !== null) clearTimeout(this.timer);
        this.timer = setTimeout(this.check, Math.ceil(leftMs));
        return;
      }
      this.queue.shift();
      if (!item.done) this.onExpired(item, nowMs);
    }
  };
}
