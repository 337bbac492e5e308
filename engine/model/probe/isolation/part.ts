/** The part that is the fault of this label. */
export const faultPart = (label: string) => `isolation: ${label}` as const;
