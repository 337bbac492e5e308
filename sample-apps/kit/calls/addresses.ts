import { steadyMs } from '../clock.ts';

/** How long an instance is left out after its first failure, ms; each further one in a row doubles it. */
const firstAsideMs = 250;
const longestAsideMs = 4000;
/** So many calls in a row that were not answered in time count as one failure to reach it: it may be held still, while one slow answer says nothing. */
const latesToFailure = 5;

/** How a call to an instance ended: with any answer at all, without a connection or with a broken one, or not while its caller waited. */
export type Outcome = 'answered' | 'unreached' | 'late';

/** Where one instance of a unit answers, and what is known of it. */
export interface Address {
  readonly url: string;
  /** Calls under way to it from here. */
  inFlight: number;
  /** Failures to reach it since it last answered. */
  failures: number;
  /** Calls in a row without an answer in time. */
  lates: number;
  /** Left out until then, by the steady clock. */
  asideUntilMs: number;
  /** Counts how often it was set aside or taken back. */
  changes: number;
}

/** One call's hold on an address. */
export interface Taken {
  readonly address: Address;
  /** `changes` when the call began: its failure says nothing about the time after the next one. */
  readonly changes: number;
}

/**
 * The instances of one unit as one caller sees them: the one with the fewest calls under way is next, in turn among equals. One that was out of reach is left out for a
 * while and then tried with a single call. Where all are left out, the one whose time is up first is taken: nobody is refused for want of an address.
 */
export class Addresses {
  #all: Address[];
  #turn = 0;
  readonly #nowMs: () => number;

  constructor(urls: readonly string[], nowMs: () => number = steadyMs) {
    this.#all = urls.map(fresh);
    this.#nowMs = nowMs;
  }

  /** The next one, with a call more under way; of those in `but` none, which may leave nothing. */
  take(but?: ReadonlySet<Address>): Taken | undefined {
    const chosen = this.#choose(but);
    if (chosen === undefined) return undefined;
    // Whoever comes while the trial is under way takes another.
    if (chosen.failures > 0) chosen.asideUntilMs = this.#nowMs() + asideMs(chosen.failures);
    chosen.inFlight++;
    return { address: chosen, changes: chosen.changes };
  }

  /** The call has ended. Those that began before the instance was set aside do not set it aside once more when they fail too. */
  giveBack({ address, changes }: Taken, outcome: Outcome): void {
    address.inFlight--;
    if (outcome === 'answered') {
      address.lates = 0;
      if (address.failures === 0) return;
      address.failures = 0;
      address.asideUntilMs = 0;
      address.changes++;
      return;
    }
    if (changes !== address.changes) return;
    if (outcome === 'late' && ++address.lates < latesToFailure) return;
    address.failures++;
    address.asideUntilMs = this.#nowMs() + asideMs(address.failures);
    address.changes++;
  }

  /** From now on these, of which known ones keep what is known of them. Gives those that are no more. */
  replace(urls: readonly string[]): string[] {
    const known = new Map(this.#all.map((address) => [address.url, address]));
    this.#all = urls.map((url) => known.get(url) ?? fresh(url));
    return [...known.keys()].filter((url) => !urls.includes(url));
  }

  #choose(but?: ReadonlySet<Address>): Address | undefined {
    const count = this.#all.length;
    if (count === 1) return this.#all.find((only) => but?.has(only) !== true);
    const now = this.#nowMs();
    let best: Address | undefined;
    let turn = this.#turn;
    for (let step = 0; step < count; step++) {
      const at = (this.#turn + step) % count;
      const one = this.#all[at];
      if (one === undefined || but?.has(one) || (best !== undefined && !isBetter(one, best, now))) continue;
      best = one;
      turn = at + 1;
    }
    this.#turn = turn % count;
    return best;
  }
}

const fresh = (url: string): Address => ({ url, inFlight: 0, failures: 0, lates: 0, asideUntilMs: 0, changes: 0 });

const asideMs = (failures: number): number => Math.min(longestAsideMs, firstAsideMs * 2 ** (failures - 1));

function isBetter(one: Address, other: Address, nowMs: number): boolean {
  const [oneAside, otherAside] = [one.asideUntilMs > nowMs, other.asideUntilMs > nowMs];
  if (oneAside !== otherAside) return otherAside;
  return oneAside ? one.asideUntilMs < other.asideUntilMs : one.inFlight < other.inFlight;
}
