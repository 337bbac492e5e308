import * as z from 'zod';
import { CallError } from '../errors.ts';
import { faultKind } from './kind.ts';
import { WaitingRoom } from './point.ts';

/** Calls are accepted and never answered: also after the undo, when those still waiting are cut off. */
export const blackHole = faultKind({
  kind: 'black-hole',
  parameters: z.object({}),
  inject(target) {
    const room = new WaitingRoom();
    const remove = target.point.addGate(() => room.wait());
    return {
      effectInMs: 0,
      undo() {
        remove();
        room.turnAway(new CallError('connection-reset', `the call to ${target.module} was never answered`));
      },
    };
  },
});
