import * as z from 'zod';
import { CallError } from '../errors.ts';
import { faultKind } from './kind.ts';

/** Connections that are left to the unit. */
const left = 1;

/** The unit has a single connection to its database server, as when something keeps the others and does not give them back; what is out comes back first. */
export const storeConnections = faultKind({
  kind: 'store-connections',
  parameters: z.object({}),
  inject(target) {
    if (target.limitConnections === undefined)
      throw new CallError('bad-input', 'the unit keeps its data in a file: it has no connections to be short of');
    return { effectInMs: 0, undo: target.limitConnections(left) };
  },
});
