import { runLoad } from '../load/index.ts';
import type { LoadNews, LoadOrder } from './load-messages.ts';

/** The part of the program that runs loads, in a process of its own so that relayed requests and arrivals do not delay each other. */
export function serveLoads(): void {
  const running = new Map<number, AbortController>();
  const tell = (news: LoadNews): void => {
    process.send?.(news);
  };
  process.on('message', (order: LoadOrder) => {
    if (order.type === 'stop') {
      running.get(order.id)?.abort();
      return;
    }
    const { id, plan } = order;
    const controller = new AbortController();
    running.set(id, controller);
    runLoad(plan, { signal: controller.signal, onSlice: (slice) => tell({ type: 'slice', id, slice }) })
      .then((measurement) => tell({ type: 'end', id, measurement }))
      .catch((error: unknown) =>
        tell({ type: 'failed', id, text: error instanceof Error ? error.message : String(error) }),
      )
      .finally(() => running.delete(id));
  });
  // Without the agent there is nobody to load for.
  process.once('disconnect', () => process.exit(0));
}
