import { moduleFault } from './module-fault.ts';

export const eventLoopBlock = moduleFault({
  kind: 'event-loop-block',
  title: 'Event-loop block',
  meaning: 'The module computes without yielding, again and again, so that nothing else in its process runs meanwhile.',
  parameters: (fault) => ({ blockMs: fault.delayMs ?? 400, everyMs: 500 }),
});
