/** The part that is the release of this change. */
export const changePart = (change: string) => `redeployment: ${change}` as const;

/** Name of the load that goes on while a change is released, or taken back. */
export const releasePhase = (change: string): string => `release ${change}`;
export const backPhase = (change: string): string => `take back ${change}`;
