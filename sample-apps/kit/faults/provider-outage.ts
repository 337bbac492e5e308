import * as z from 'zod';
import { faultKind } from './kind.ts';

/** The provider outside the application that the module depends on cannot be reached. */
export const providerOutage = faultKind({
  kind: 'provider-outage',
  parameters: z.object({}),
  inject: (target) => ({ effectInMs: 0, undo: target.point.addOutage('provider') }),
});
