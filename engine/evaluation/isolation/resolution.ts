/** Length of a slice, ms: the resolution of every moment that is told of a fault. */
export const sliceMs = 250;

/** The isolation index and the severity are of this time from the effect on, whatever the fault's own window, ms: the same in every experiment. */
export const indexWindowMs = 2500;
