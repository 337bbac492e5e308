import * as z from 'zod';
import { faultKind } from './kind.ts';
import { WaitingRoom } from './point.ts';

/** Calls into the module do not come back until the fault is undone; then they go on. */
export const hang = faultKind({
  kind: 'hang',
  parameters: z.object({}),
  inject(target) {
    const room = new WaitingRoom();
    const remove = target.point.addGate(() => room.wait());
    return {
      effectInMs: 0,
      undo() {
        remove();
        room.letGo();
      },
    };
  },
});
