import type { IsolationEndpoint } from './probe/isolation/outcome.ts';

/** An endpoint is only called spared when fewer requests than this share can have been lost (upper end of the 95 % interval). */
const sparedBelow = 0.1;

/**
 * Where the declared map and one observation disagree: an endpoint that does not need the module was hurt, or one that requires it was spared. An endpoint that can
 * do without it may go either way; of one that was cut off, or of which too few requests were made to tell, nothing is known.
 */
export function surpriseOf({
  need,
  impacted,
  cutOff,
  degradationHigh,
}: Pick<IsolationEndpoint, 'need' | 'impacted' | 'cutOff' | 'degradationHigh'>): 'hurt' | 'spared' | null {
  switch (need) {
    case 'none':
      return impacted ? 'hurt' : null;
    case 'optional':
      return null;
    case 'required':
      return !impacted && !cutOff && degradationHigh < sparedBelow ? 'spared' : null;
    default:
      return need satisfies never;
  }
}
