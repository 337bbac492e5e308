import * as z from 'zod';
import { CallError } from '../errors.ts';
import { faultKind } from './kind.ts';

/** Says to the HTTP side of the module that its connection is to be cut instead of answered. */
export class ConnectionReset extends CallError {
  readonly module: string;
  constructor(module: string) {
    super('connection-reset', `the connection to ${module} was reset`);
    this.module = module;
  }
}

/** Every call into the module loses its connection; a local call gets the error that a remote caller would see. */
export const connectionReset = faultKind({
  kind: 'connection-reset',
  parameters: z.object({}),
  inject(target) {
    const undo = target.point.addGate(() => {
      throw new ConnectionReset(target.module);
    });
    return { effectInMs: 0, undo };
  },
});
