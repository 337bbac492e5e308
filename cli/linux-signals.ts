/** Signals of Linux by number, as on x64 and arm64; see signal(7). */
const names = [
  ...['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE'],
  ...['SIGKILL', 'SIGUSR1', 'SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGSTKFLT'],
  ...['SIGCHLD', 'SIGCONT', 'SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGURG', 'SIGXCPU'],
  ...['SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGWINCH', 'SIGIO', 'SIGPWR', 'SIGSYS'],
] as const;
/** What shells and engines add to the number of a signal that ended a process. */
const endedBySignal = 128;

/** The signal that a container's exit code stands for, whatever system this program runs on; null: it stands for none. */
export function linuxSignalOf(exitCode: number | null): string | null {
  return exitCode === null ? null : (names[exitCode - endedBySignal - 1] ?? null);
}
