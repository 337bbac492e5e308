/** Stands at a module's boundary: lets a call in, delays it or throws. */
export type Gate = () => Promise<void> | undefined;

export type Outage = 'store' | 'provider' | 'readiness';

/** Where faults take hold of one module. Costs one comparison when there are none. */
export class FaultPoint {
  readonly #gates = new Set<Gate>();
  readonly #outages = new Map<Outage, number>();

  /** Called for every call into the module; undefined: go on. */
  pass(): Promise<void> | undefined {
    return this.#gates.size === 0 ? undefined : this.#passAll();
  }

  /** Puts a gate at the boundary; the answer takes it away. */
  addGate(gate: Gate): () => void {
    this.#gates.add(gate);
    return () => {
      this.#gates.delete(gate);
    };
  }

  /** Makes something the module depends on fail; the answer ends it. */
  addOutage(outage: Outage): () => void {
    this.#outages.set(outage, (this.#outages.get(outage) ?? 0) + 1);
    return () => {
      this.#outages.set(outage, (this.#outages.get(outage) ?? 1) - 1);
    };
  }

  isOut(outage: Outage): boolean {
    return this.#outages.size > 0 && (this.#outages.get(outage) ?? 0) > 0;
  }

  async #passAll(): Promise<void> {
    for (const gate of [...this.#gates]) await gate();
  }
}

/** Calls that wait at a gate until they are let go or turned away. */
export class WaitingRoom {
  readonly #waiting = new Set<{ resolve: () => void; reject: (error: Error) => void }>();

  wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.add({ resolve, reject });
    });
  }

  letGo(): void {
    for (const one of this.#waiting) one.resolve();
    this.#waiting.clear();
  }

  turnAway(error: Error): void {
    for (const one of this.#waiting) one.reject(error);
    this.#waiting.clear();
  }
}
