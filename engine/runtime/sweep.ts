import { discoverEngine, sweepEngine } from './docker/index.ts';
import { sweepProcesses } from './process/index.ts';
import type { SweepReport } from './types.ts';

/** Removes what dead runs left in both runtimes. `engine` is the address of the engine that was swept; null when none answers. */
export async function sweepAll(options: {
  stateDir: string;
  env?: Record<string, string | undefined>;
  explicitEngine?: string;
  signal?: AbortSignal;
}): Promise<SweepReport & { engine: string | null }> {
  const report = await sweepProcesses(options.stateDir);
  const found = await discoverEngine({
    explicit: options.explicitEngine,
    signal: options.signal,
    ...(options.env ? { env: options.env } : {}),
  });
  if (!('docker' in found)) return { ...report, engine: null };
  const engine = await sweepEngine(found.docker, options.signal);
  return {
    removed: [...report.removed, ...engine.removed],
    kept: [...report.kept, ...engine.kept],
    engine: found.address,
  };
}
