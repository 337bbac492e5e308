import type { ProbeDescription } from '../description.ts';
import { negative } from '../impossible-time.ts';
import { warmUpSchema, type WarmUp } from './measurement.ts';

/** How long it took to become warm. Not a choice: its settings are the experiment's own, and nothing of it is compared. */
export const warmUp = {
  title: 'Warm-up',
  settings: null,
  fields: { warmUp: warmUpSchema.nullable() },
  unmeasured: () => ({ warmUp: null }),
  metrics: {},
  parts: {},
  impossibleTimes: ({ warmUp: measured }) => negative('the warm-up took', measured?.durationMs),
} satisfies ProbeDescription<never, { warmUp: WarmUp | null }>;
