import { randomUUID } from 'node:crypto';
import { CallError, type CallContext } from '../../kit/index.ts';
import type { Provider } from './provider.ts';
import type { PaymentStatus, PaymentsStore } from './store.ts';

export interface PaymentRequest {
  readonly key: string;
  readonly orderKey: string;
  readonly amountCents: number;
  readonly card: string;
}

const voided = (): CallError => new CallError('conflict', 'the payment was voided');
const declined = (): CallError => new CallError('conflict', 'the card was declined');

/** The ledger. The provider is never asked while a transaction is open: a slow bank must not hold the store. */
export function createLogic(store: PaymentsStore, provider: Provider) {
  async function authorise(
    context: CallContext,
    { key, orderKey, amountCents, card }: PaymentRequest,
  ): Promise<'authorised' | 'captured'> {
    const known = (await store.insert(context, { key, orderKey, amountCents, status: 'authorising' }))
      ? undefined
      : await store.find(context, key);
    switch (known?.status) {
      case 'authorised':
      case 'captured':
        return known.status;
      case 'voided':
        throw voided();
      case 'declined':
        throw declined();
      case 'authorising':
      case undefined:
    }
    try {
      await provider.authorise(card);
    } catch (error) {
      if (error instanceof CallError && error.refused) await store.move(context, key, 'authorising', 'declined');
      throw error;
    }
    if (await store.move(context, key, 'authorising', 'authorised')) return 'authorised';
    // Somebody else was faster: the same authorisation repeated, or a void.
    const now = await store.find(context, key);
    if (now?.status === 'authorised' || now?.status === 'captured') return now.status;
    throw voided();
  }

  return {
    authorise,

    async capture(context: CallContext, key: string): Promise<void> {
      if (await store.move(context, key, 'authorised', 'captured')) return;
      const payment = await store.find(context, key);
      if (payment?.status !== 'captured')
        throw new CallError('conflict', `payment ${key} is ${payment?.status ?? 'not known'} and cannot be captured`);
    },

    async void(context: CallContext, key: string): Promise<void> {
      await store.transaction(context, async (inside) => {
        // Left behind also when there was no payment: a late authorisation of this key must find that it came too late.
        if (await store.insert(inside, { key, orderKey: key.split('#')[0] ?? key, amountCents: 0, status: 'voided' }))
          return;
        for (const from of ['authorising', 'authorised'] satisfies PaymentStatus[])
          if (await store.move(inside, key, from, 'voided')) return;
        if ((await store.find(inside, key))?.status === 'captured')
          throw new CallError('conflict', `payment ${key} is captured`);
      });
    },

    /** Authorises and captures in one; the money is gone half-way, whether or not the answer arrives. */
    async charge(
      context: CallContext,
      request: Omit<PaymentRequest, 'key'> & { readonly key?: string | undefined },
    ): Promise<void> {
      const { orderKey, amountCents, card } = request;
      await provider.charge(card, async () => {
        await store.insert(context, { key: request.key ?? randomUUID(), orderKey, amountCents, status: 'captured' });
      });
    },

    async audit(context: CallContext) {
      const payments = await store.all(context);
      return {
        captures: payments.map(({ key, orderKey, amountCents, status }) => ({
          key,
          orderKey,
          amount: amountCents,
          status,
        })),
      };
    },
  };
}
