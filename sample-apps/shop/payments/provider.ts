import { CallError, sleep, type Random } from '../../kit/index.ts';

/** The bank's side, outside the application. */
export interface Provider {
  /** A round trip: the money is held. Rejects with `conflict` when the card is declined. */
  authorise(card: string): Promise<void>;
  /** A round trip whose first half takes the money, so that it is gone even when the answer never comes. */
  charge(card: string, taken: () => Promise<void>): Promise<void>;
}

/** Cards that end like this are declined. */
const declinedEnding = '0002';

/** A provider whose round trips take `latencyMs` on average, evenly spread by a fifth to both sides. */
export function createProvider(latencyMs: number, random: Random, assertReachable: () => void): Provider {
  const travel = async (share: number): Promise<void> => {
    assertReachable();
    if (latencyMs > 0) await sleep(latencyMs * share * (0.8 + 0.4 * random()));
    assertReachable();
  };
  const assertAccepted = (card: string): void => {
    if (card.endsWith(declinedEnding)) throw new CallError('conflict', 'the card was declined');
  };
  return {
    async authorise(card) {
      await travel(1);
      assertAccepted(card);
    },
    async charge(card, taken) {
      await travel(0.5);
      assertAccepted(card);
      await taken();
      await travel(0.5);
    },
  };
}
