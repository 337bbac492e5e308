import { ConfigurationError, readConfiguration } from './configuration.ts';
import { hostUnit, type RunningUnit } from './host.ts';
import { createLog } from './log.ts';
import type { ModuleDefinition } from './module.ts';

/** Requests under way have this long to end after SIGTERM, ms. */
const drainMs = 1000;

/**
 * Runs this process as one unit: reads `CLEAVE_UNIT`, hosts its modules and ends on SIGTERM or SIGINT. A configuration that is wrong ends the
 * process with status 2 and one sentence; anything nobody caught ends it with status 1.
 */
export async function startUnit(modules: Readonly<Record<string, ModuleDefinition>>): Promise<void> {
  try {
    const configuration = readConfiguration(process.env);
    process.title = `cleave ${configuration.unit}`;
    const log = createLog(configuration.unit);
    for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
      process.on(event, (thrown) => {
        log.error(
          `ends because of ${event === 'uncaughtException' ? 'an uncaught exception' : 'an unhandled rejection'}`,
          thrown,
        );
        process.exit(1);
      });
    }
    let end = (): void => process.exit(0);
    // From the first moment on: as process 1 of a container a signal without a handler would be ignored.
    process.on('SIGTERM', () => end());
    process.on('SIGINT', () => end());
    const running = await hostUnit(configuration, modules, log);
    end = once(() => drain(running));
    log.info(`ready with ${configuration.modules.join(', ')} on port ${running.publicPort}`);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigurationError ? 2 : 1);
  }
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}

/** Lets the requests under way end, for a while, and ends the process. */
function drain({ unit, stopListening, leaveStore }: RunningUnit): void {
  stopListening();
  void unit
    .drain(drainMs)
    .then(leaveStore)
    .finally(() => process.exit(0));
}
