import type { Fault } from './fault.ts';
import { percentFigure } from './figure.ts';

/** A short stable label, for example `slow(recommendations, +200 ms)`. */
export function faultLabel(fault: Fault): string {
  const details = [
    fault.module,
    fault.peer,
    fault.delayMs === undefined ? undefined : `+${fault.delayMs} ms`,
    fault.share === undefined ? undefined : `${percentFigure(fault.share, 0)} %`,
  ].filter((detail) => detail !== undefined);
  return `${fault.kind}(${details.join(', ')})`;
}
