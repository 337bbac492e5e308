/** The part that is the release of this change. */
export const changePart = (change: string) => `redeployment: ${change}` as const;

/** Name of the load that goes on while a change is released, taken back, or released again from what was built of it. */
export const releasePhase = (change: string): string => `release ${change}`;
export const backPhase = (change: string): string => `take back ${change}`;
export const againPhase = (change: string): string => `release ${change} again`;
