/** Rooms whose time is handed in, so that they can be tried in virtual time. */
const TIMELESS = /^engine\/(experiment|probes|faults|deploy)\//;
const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate']);
const READINGS = new Set(['Date.now', 'performance.now', 'performance.timeOrigin', 'AbortSignal.timeout']);

/** Whether the file must take its time from a Clock. `file` is relative to the repository's root with forward slashes. */
export function isTimeless(file: string): boolean {
  return TIMELESS.test(file) && !/\.test\.ts$|\/testing\//.test(file);
}

/** What is wrong with using this global there, or undefined if nothing is. Pure. */
export function judgeGlobal(name: string): string | undefined {
  return TIMERS.has(name) || READINGS.has(name)
    ? `Time is handed in here: use the clock of the laboratory or the deployment, not ${name}.`
    : undefined;
}

/** As `judgeGlobal`, of a package. */
export function judgeTimePackage(name: string): string | undefined {
  return /^node:(timers|perf_hooks)(\/|$)/.test(name)
    ? `Time is handed in here: use the clock of the laboratory or the deployment, not "${name}".`
    : undefined;
}
