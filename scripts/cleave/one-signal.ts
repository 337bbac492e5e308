/** Two signals of one kind within this time are one key press. */
const SAME_PRESS_MS = 300;

/**
 * Makes one Ctrl-C one signal. A terminal signals the whole process group, and npm, being in it, passes its own copy on; a program that
 * takes a second SIGINT as "stop at once" would never see a first one alone. A later press still counts as a second.
 */
export function mergeRepeatedSignals(
  target: NodeJS.Process = process,
  nowMs: () => number = () => performance.now(),
): void {
  const lastMs = new Map<string, number>();
  const emit = target.emit.bind(target);
  const merged = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event === 'SIGINT' || event === 'SIGTERM') {
      const before = lastMs.get(event);
      lastMs.set(event, nowMs());
      if (before !== undefined && nowMs() - before < SAME_PRESS_MS) return true;
    }
    return Boolean(Reflect.apply(emit, target, [event, ...args]));
  };
  Object.assign(target, { emit: merged });
}
