import type { CallContext } from '../../../kit/index.ts';
import type { CheckOut, Order } from '../contract.ts';
import type { StoredOrder } from '../store.ts';

/** One way to keep the modules' data together at check-out. */
export interface Strategy {
  checkOut(context: CallContext, request: CheckOut, idempotencyKey: string): Promise<Order>;
  /** Brings an order that nobody works on to its end; called again until it is settled. */
  recover(context: CallContext, order: StoredOrder): Promise<void>;
  /** Idempotency keys of the check-outs being worked on in this process; recovery leaves them alone. */
  readonly underway: Pick<ReadonlyMap<string, unknown>, 'has' | 'keys'>;
  /** Check-outs answered for but not stored yet. */
  unstored(): number;
}
