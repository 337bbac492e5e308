/** Counts work that is under way, so that closing can wait for it: what is half made cannot be removed. */
export class Busy {
  readonly #all = new Set<Promise<unknown>>();

  async while<T>(work: () => Promise<T>): Promise<T> {
    const promise = work();
    this.#all.add(promise);
    try {
      return await promise;
    } finally {
      this.#all.delete(promise);
    }
  }

  /** Resolves when all that is under way now has ended, well or not. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#all);
  }
}
