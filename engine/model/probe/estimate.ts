/** Starting the generator and letting the last requests end, once a load. */
const loadOverheadMs = 300;
/** Asking the engine for statistics, which it answers once a second, before and after each window. */
export const statisticsMs = 2000;
/** A recovery is only seen in a whole window, whose slices arrive a little later; most faults are recovered from at once. */
export const observationLagMs = 1000;

/** How long a load of that length takes, ms. */
export const loadMs = (durationMs: number): number => durationMs + loadOverheadMs;
