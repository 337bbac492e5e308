import * as z from 'zod';
import { answerFirstMs, faultKind } from './kind.ts';

/** Throws outside any request, so that nothing catches it and the process ends; who supervises it starts it again. */
export const crash = faultKind({
  kind: 'crash',
  parameters: z.object({}),
  inject(target) {
    const timer = setTimeout(() => {
      throw new Error(`injected: module ${target.module} crashed`);
    }, answerFirstMs);
    return { effectInMs: answerFirstMs, undo: () => clearTimeout(timer) };
  },
});
