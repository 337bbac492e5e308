import type { ObservedUnit } from './observed.ts';

/** What may be found changed, for people, and the checks of the fairness gate that hold it together. */
const facts: Readonly<Record<string, { words: string; checks: readonly string[] }>> = {
  image: { words: 'image', checks: ['base'] },
  base: { words: 'base image', checks: ['base'] },
  cpus: { words: 'processors', checks: ['cpu', 'generator-cpu'] },
  memoryBytes: { words: 'memory limit', checks: ['memory'] },
  cpuQuota: { words: 'limit of CPU time', checks: ['limits'] },
  processes: { words: 'limit of processes', checks: ['limits'] },
  swapBytes: { words: 'limit of swap', checks: ['limits'] },
  user: { words: 'user', checks: ['surroundings'] },
  heals: { words: 'restart after a crash', checks: ['surroundings'] },
  environment: { words: 'environment', checks: ['surroundings'] },
  configured: { words: 'configuration', checks: ['configured'] },
  built: { words: 'image that was built', checks: ['base'] },
};

/**
 * What running units are held to after they were measured and were not before, one sentence each: then no number of the deployment is of what was planned. What one of the two looks
 * does not show is not said to have changed. Pure.
 */
export function changedUnits(before: readonly ObservedUnit[], after: readonly ObservedUnit[]): string[] {
  return after.flatMap(({ unit, instance, facts: seen }) => {
    const first = before.find((one) => one.unit === unit && one.instance === instance)?.facts ?? {};
    return Object.entries(seen).flatMap(([fact, now]) => {
      const was = first[fact] ?? null;
      if (was === null || now === null || was === now) return [];
      return [
        `changed while it was measured: unit "${unit}": ${facts[fact]?.words ?? fact} ${inWords(was)}, afterwards ${inWords(now)}`,
      ];
    });
  });
}

/** Names of the checks that hold together what these sentences of `changedUnits` say was changed. Pure. */
export function checksOfChanged(changed: readonly string[]): Set<string> {
  return new Set(
    Object.values(facts).flatMap(({ words, checks }) =>
      changed.some((sentence) => sentence.includes(`": ${words} `)) ? checks : [],
    ),
  );
}

function inWords(value: string | number | boolean): string {
  return value === '' ? 'none' : String(value);
}
