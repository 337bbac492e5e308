/** Counts of two kinds over the last `slots` stretches of `slotMs`, by a clock that is handed in. */
export class SlidingCounts<Kind extends string> {
  readonly #counts: Readonly<Record<Kind, Float64Array>>;
  readonly #slots: number;
  readonly #slotMs: number;
  readonly #nowMs: () => number;
  #slot: number;

  constructor(kinds: readonly [Kind, Kind], slots: number, slotMs: number, nowMs: () => number) {
    const [one, other] = kinds;
    this.#counts = { [one]: new Float64Array(slots), [other]: new Float64Array(slots) } as Record<Kind, Float64Array>;
    this.#slots = slots;
    this.#slotMs = slotMs;
    this.#nowMs = nowMs;
    this.#slot = Math.floor(nowMs() / slotMs);
  }

  add(kind: Kind): void {
    this.#advance();
    const counts = this.#counts[kind];
    const index = this.#slot % this.#slots;
    counts[index] = (counts[index] ?? 0) + 1;
  }

  sum(kind: Kind): number {
    this.#advance();
    let total = 0;
    for (const count of this.#counts[kind]) total += count;
    return total;
  }

  #advance(): void {
    const now = Math.floor(this.#nowMs() / this.#slotMs);
    for (let step = Math.max(this.#slot + 1, now - this.#slots + 1); step <= now; step++) {
      for (const counts of Object.values<Float64Array>(this.#counts)) counts[step % this.#slots] = 0;
    }
    this.#slot = Math.max(this.#slot, now);
  }
}
