/** Of an error that came out of a call to another module: that module and its operation, as `<module>.<operation>`. */
const origins = new WeakMap<object, string>();

/** Notes that an error came out of a call, so that whoever made the call can log whom it asked. */
export function cameOutOf(thrown: unknown, module: string, operation: string): void {
  if (typeof thrown === 'object' && thrown !== null) origins.set(thrown, `${module}.${operation}`);
}

/** The call that an error, or what caused it, came out of; undefined where it began where it was caught. */
export function originOf(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    const origin = origins.get(error);
    if (origin !== undefined) return origin;
  }
  return undefined;
}
