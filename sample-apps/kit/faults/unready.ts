import * as z from 'zod';
import { faultKind } from './kind.ts';

/** The module says that it is not ready, and so does its unit. */
export const unready = faultKind({
  kind: 'unready',
  parameters: z.object({}),
  inject: (target) => ({ effectInMs: 0, undo: target.point.addOutage('readiness') }),
});
