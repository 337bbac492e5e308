import * as z from 'zod';
import { CallError } from '../errors.ts';
import { faultKind } from './kind.ts';

/** The share `share` of calls into the module fails before it does anything. */
export const errors = faultKind({
  kind: 'errors',
  parameters: z.object({ share: z.number().min(0).max(1) }),
  inject(target, { share }) {
    const undo = target.point.addGate(() => {
      if (target.random() < share) throw new CallError('injected', `injected: module ${target.module} failed`);
      return undefined;
    });
    return { effectInMs: 0, undo };
  },
});
