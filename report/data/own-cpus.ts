import type { Environment } from '../../engine/model/index.ts';

type Cpus = Pick<Environment, 'applicationCpus' | 'usableCpus'>;

/** How many processors the units of a deployment were held to, or else could be on; null where that were all of them. Pure. */
export function ownCpus({ applicationCpus, usableCpus }: Cpus): number | null {
  return applicationCpus?.length ?? usableCpus ?? null;
}
