import { ConfigurationError, readConfiguration } from './configuration.ts';
import { hostUnit } from './host.ts';
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
    const running = await hostUnit(configuration, modules, log);
    log.info(`ready with ${configuration.modules.join(', ')} on port ${running.publicPort}`);
    let ending = false;
    const end = (): void => {
      if (ending) return;
      ending = true;
      const { unit, stopListening } = running;
      stopListening();
      const start = performance.now();
      const wait = (): void => {
        if (unit.inFlight > 0 && performance.now() - start < drainMs) setTimeout(wait, 10);
        else process.exit(0);
      };
      wait();
    };
    process.on('SIGTERM', end);
    process.on('SIGINT', end);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(error instanceof ConfigurationError ? 2 : 1);
  }
}
