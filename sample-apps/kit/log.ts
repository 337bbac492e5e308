/** One line a message on standard output, which the runtime collects by unit. */
export interface Log {
  info(message: string): void;
  error(message: string, thrown?: unknown): void;
}

/** Writes to standard output, prefixed with the name of the unit. */
export function createLog(unit: string): Log {
  const write = (level: string, message: string): void => {
    process.stdout.write(`${new Date().toISOString()} ${level} ${unit}: ${message}\n`);
  };
  return {
    info: (message) => write('info', message),
    error: (message, thrown) =>
      write('error', thrown instanceof Error ? `${message}: ${thrown.stack ?? thrown.message}` : message),
  };
}

/** For tests and embedding. */
export const silentLog: Log = { info: () => undefined, error: () => undefined };
