import type { ObservedUnit } from './observed.ts';

const names: Readonly<Record<string, string>> = {
  image: 'image',
  base: 'base image',
  cpus: 'processors',
  memoryBytes: 'memory limit',
  cpuQuota: 'limit of CPU time',
  processes: 'limit of processes',
  swapBytes: 'limit of swap',
  user: 'user',
  heals: 'restart after a crash',
  environment: 'environment',
  configured: 'configuration',
  built: 'image that was built',
};

/**
 * What running units are held to after they were measured and were not before, one sentence each: then no number of the deployment is of what was planned. What one of the two looks
 * does not show is not said to have changed. Pure.
 */
export function changedUnits(before: readonly ObservedUnit[], after: readonly ObservedUnit[]): string[] {
  return after.flatMap(({ unit, instance, facts }) => {
    const first = before.find((one) => one.unit === unit && one.instance === instance)?.facts ?? {};
    return Object.entries(facts).flatMap(([fact, now]) => {
      const was = first[fact] ?? null;
      if (was === null || now === null || was === now) return [];
      return [
        `changed while it was measured: unit "${unit}": ${names[fact] ?? fact} ${inWords(was)}, afterwards ${inWords(now)}`,
      ];
    });
  });
}

function inWords(value: string | number | boolean): string {
  return value === '' ? 'none' : String(value);
}
