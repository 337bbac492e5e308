import * as z from 'zod';
import { faultKind } from './kind.ts';

/** The module's data access fails as if its store could not be reached. */
export const storeOutage = faultKind({
  kind: 'store-outage',
  parameters: z.object({}),
  inject: (target) => ({ effectInMs: 0, undo: target.point.addOutage('store') }),
});
