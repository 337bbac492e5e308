import { AddressList, runLoad } from '../load/index.ts';
import type { LoadLed, LoadNews, LoadOrder } from './load-messages.ts';

/** The part of the program that runs loads, in a process of its own so that relayed requests and arrivals do not delay each other. */
export function serveLoads(): void {
  const running = new Map<number, { controller: AbortController; addresses: AddressList }>();
  const tell = (news: LoadNews | LoadLed): void => {
    process.send?.(news);
  };
  process.on('message', (order: LoadOrder) => {
    if (order.type === 'stop') {
      running.get(order.id)?.controller.abort();
      return;
    }
    if (order.type === 'lead') {
      const { order: number, addresses } = order;
      void Promise.all([...running.values()].map((load) => load.addresses.replace(addresses))).then(() =>
        tell({ type: 'led', order: number }),
      );
      return;
    }
    const { id, plan } = order;
    const controller = new AbortController();
    const addresses = new AddressList(order.addresses ?? [plan.baseUrl]);
    running.set(id, { controller, addresses });
    runLoad(plan, { signal: controller.signal, addresses, onSlice: (slice) => tell({ type: 'slice', id, slice }) })
      .then((measurement) => tell({ type: 'end', id, measurement }))
      .catch((error: unknown) =>
        tell({ type: 'failed', id, text: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => running.delete(id));
  });
  // Without the agent there is nobody to load for.
  process.once('disconnect', () => process.exit(0));
}
