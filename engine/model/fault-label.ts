import type { Fault } from './fault.ts';
import { percentFigure } from './figure.ts';

/** How a label says that one instance of several is hit. */
export const oneInstance = 'one instance';

/** A short stable label, for example `slow(recommendations, +200 ms)`. */
export function faultLabel(fault: Fault): string {
  const details = [
    fault.module,
    fault.peer,
    fault.delayMs === undefined ? undefined : `+${fault.delayMs} ms`,
    fault.share === undefined ? undefined : `${percentFigure(fault.share, 0)} %`,
    fault.instances === 'one' ? oneInstance : undefined,
  ].filter((detail) => detail !== undefined);
  return `${fault.kind}(${details.join(', ')})`;
}
