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
  private queue: T[] = [];
  private head = 0;
  private timer: NodeJS.Timeout | null = null;
  private readonly deadlineMs: number;
  private readonly onExpired: (item: T, nowMs: number) => void;

  constructor(deadlineMs: number, onExpired: (item: T, nowMs: number) => void) {
    this.deadlineMs = deadlineMs;
    this.onExpired = onExpired;
  }

  add(item: T): void {
    this.queue.push(item);
    this.timer ??= setTimeout(this.check, this.deadlineMs);
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.queue = [];
    this.head = 0;
  }

  private readonly check = (): void => {
    this.timer = null;
    const nowMs = performance.now();
    for (let item = this.queue[this.head]; item !== undefined; item = this.queue[this.head]) {
      if (!item.done) {
        const leftMs = item.intendedMs + this.deadlineMs - nowMs;
        if (leftMs > 0) {
          this.timer ??= setTimeout(this.check, Math.ceil(leftMs));
          break;
        }
        this.head++;
        this.onExpired(item, nowMs);
      } else this.head++;
    }
    if (this.head > 1024 && this.head * 2 > this.queue.length) {
      this.queue = this.queue.slice(this.head);
      this.head = 0;
    }
  };
}
