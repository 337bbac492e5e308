import { useMemo } from 'react';
import { estimateFrom, type Experiment, type RunEstimate, type RuntimeKind } from '../../engine/model/index.ts';
import { useWorld, type World } from './stores.ts';

type Knowing = Pick<World, 'results' | 'info' | 'settings' | 'engine'>;

/** How long an experiment takes on this machine, from what its stored runs took. Pure. */
export function estimateHere(experiment: Experiment, { results, info, settings, engine }: Knowing): RunEstimate {
  const wanted = experiment.runtime === 'auto' ? (settings?.runtime ?? 'auto') : experiment.runtime;
  const runtime: RuntimeKind | null =
    wanted !== 'auto'
      ? wanted
      : engine === null || engine.state === 'checking'
        ? null
        : engine.state === 'healthy'
          ? 'docker'
          : 'process';
  return estimateFrom(experiment, results ?? [], {
    cpus: info?.cpus ?? 0,
    memoryBytes: info?.memoryBytes ?? 0,
    runtime,
  });
}

/** The same, kept up to date. */
export function useEstimate(experiment: Experiment): RunEstimate {
  const results = useWorld((world) => world.results);
  const info = useWorld((world) => world.info);
  const settings = useWorld((world) => world.settings);
  const engine = useWorld((world) => world.engine);
  return useMemo(
    () => estimateHere(experiment, { results, info, settings, engine }),
    [experiment, results, info, settings, engine],
  );
}
