import { discoverEngine, sweepEngine } from './docker/index.ts';
import { assertPrivateFolder } from './private-folder.ts';
import { sweepProcesses } from './process/index.ts';
import { joinReports } from './sweep-report.ts';
import type { SweepOptions, SweepReport } from './types.ts';

/**
 * Removes what dead runs left in both runtimes. `engine` is the address of the engine that was swept; null when none answers, and then `noEngine` says why and what to do.
 * @throws EngineError `unsafe` when the work folder is not this user's alone: what is in it cannot be trusted
 */
export async function sweepAll(
  options: SweepOptions & {
    stateDir: string;
    workDir: string;
    env?: Record<string, string | undefined>;
    explicitEngine?: string;
  },
): Promise<SweepReport & { engine: string | null; noEngine: string | null }> {
  await assertPrivateFolder(options.workDir);
  const processes = await sweepProcesses(options, options);
  const found = await discoverEngine({
    explicit: options.explicitEngine,
    signal: options.signal,
    ...(options.env ? { env: options.env } : {}),
  });
  if (!('docker' in found)) return { ...processes, engine: null, noEngine: `${found.problem} ${found.nextStep}` };
  const engine = await sweepEngine(found.docker, options);
  return { ...joinReports([processes, engine]), engine: found.address, noEngine: null };
}
