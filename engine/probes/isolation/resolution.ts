/** Resolution of every moment the isolation probe reports, ms. */
export const sliceMs = 250;
