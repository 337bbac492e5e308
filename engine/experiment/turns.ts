import { createRandom } from '../model/index.ts';

/**
 * In which order the deployments of a block are loaded, a cycle with each of them once: the rows of balanced Latin squares (Williams 1949), in which each follows each other
 * equally often. One square after another, its rows shuffled by the seed, and again from the first when they are through: however many cycles there are, each stands at every place as
 * often as any other, or once less. Of two: AB BA AB BA. The same arguments give the same order on every machine.
 */
export function cyclesOf(places: number, cycles: number, seed: number): number[][] {
  const random = createRandom(seed, 'turns');
  const rows = random.shuffle(squaresOf(places)).flatMap((square) => random.shuffle(square));
  const [first] = rows;
  if (first === undefined) return [];
  return Array.from({ length: cycles }, (_, cycle) => rows[cycle % rows.length] ?? first);
}

/** 0, 1, n-1, 2, n-2, … and the same moved by one, and so on: in each square everyone stands at every place once. An odd number has a second one, each row backwards. */
function squaresOf(places: number): number[][][] {
  const first = Array.from({ length: places }, (_, index) =>
    index % 2 === 1 ? (index + 1) / 2 : (places - index / 2) % places,
  );
  const rows = first.map((_, step) => first.map((place) => (place + step) % places));
  return places % 2 === 0 || places === 1 ? [rows] : [rows, rows.map((row) => row.toReversed())];
}

/** Lets the rounds of a block go on one at a time, in an order that is fixed beforehand. */
export class Turns {
  readonly #order: readonly number[];
  readonly #signal: AbortSignal;
  readonly #gone = new Set<number>();
  readonly #waiting = new Map<number, () => void>();
  #at = 0;

  /** `order`: whose turn comes one after another, by the place of the round in its block. */
  constructor(order: readonly number[], signal: AbortSignal) {
    this.#order = order;
    this.#signal = signal;
  }

  /** Settles when it is the turn of this place, with which turn that is, from 0. Rejects once the run is cancelled. */
  async take(place: number): Promise<number> {
    this.#signal.throwIfAborted();
    if (this.#order[this.#at] === place) return this.#at;
    if (!this.#order.slice(this.#at).includes(place)) throw new Error(`place ${place} has no turn left`);
    await new Promise<void>((resolve, reject) => {
      const abort = () => {
        this.#waiting.delete(place);
        reject(this.#signal.reason as Error);
      };
      this.#signal.addEventListener('abort', abort, { once: true });
      this.#waiting.set(place, () => {
        this.#signal.removeEventListener('abort', abort);
        resolve();
      });
    });
    return this.#at;
  }

  /** Whether the turn after this one is this place's again. */
  isNext(place: number): boolean {
    const rest = this.#order.slice(this.#at + 1);
    return rest.find((other) => !this.#gone.has(other)) === place;
  }

  /** Ends the turn of this place; the next one's begins. */
  pass(place: number): void {
    if (this.#order[this.#at] !== place) return;
    this.#at += 1;
    this.#callNext();
  }

  /** Gives up every turn that this place still has. */
  leave(place: number): void {
    this.#gone.add(place);
    this.#callNext();
  }

  #callNext(): void {
    while (this.#at < this.#order.length && this.#gone.has(this.#order[this.#at] ?? -1)) this.#at += 1;
    const next = this.#order[this.#at];
    if (next === undefined) return;
    const call = this.#waiting.get(next);
    this.#waiting.delete(next);
    call?.();
  }
}
