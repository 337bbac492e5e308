import * as z from 'zod';
import { sleep } from '../clock.ts';
import { faultKind } from './kind.ts';

/** Every call into the module waits first: `delayMs`, spread evenly over the share `jitter` to both sides. */
export const slow = faultKind({
  kind: 'slow',
  parameters: z.object({ delayMs: z.number().min(0).max(60_000), jitter: z.number().min(0).max(1).default(0) }),
  inject(target, { delayMs, jitter }) {
    const undo = target.point.addGate(() => sleep(delayMs * (1 + jitter * (2 * target.random() - 1))));
    return { effectInMs: 0, undo };
  },
});
