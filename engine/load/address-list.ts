/** Where loads go when that may change while they run: the instances of the entry, as they come and go. */
export class AddressList {
  #urls: readonly string[];
  readonly #followers = new Set<(urls: readonly string[]) => Promise<void>>();

  constructor(urls: readonly string[]) {
    this.#urls = urls;
  }

  get urls(): readonly string[] {
    return this.#urls;
  }

  /** Loads go to these from now on. Resolves when the requests under way to others have ended. */
  async replace(urls: readonly string[]): Promise<void> {
    this.#urls = urls;
    await Promise.all([...this.#followers].map((told) => told(urls)));
  }

  /** Calls back with every list from now on; the returned function ends that. */
  follow(told: (urls: readonly string[]) => Promise<void>): () => void {
    this.#followers.add(told);
    return () => void this.#followers.delete(told);
  }
}
