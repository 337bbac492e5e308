import type { ObservedUnit } from '../../model/index.ts';

/** What the running units of one variant showed, taken together; null: it could not be told. Lists hold each value once. */
export interface SeenFacts {
  bases: string[] | null;
  cpus: string[] | null;
  /** Limits of all units together, bytes; 0 where one has none. */
  memoryBytes: number | null;
  /** User, restarts and environment. */
  surroundings: string[] | null;
  nodeVersions: string[] | null;
  /** Hash of the seeded data by module. */
  seedHashes: Record<string, string>;
  /** Units that run with another configuration than they were given. */
  unlike: string[];
}

/** Sums up what the units of a deployment showed. */
export function seenFacts(observed: readonly ObservedUnit[]): SeenFacts {
  const all = (name: string) => observed.map(({ facts }) => facts[name] ?? null);
  const texts = (name: string): string[] | null => {
    const values = all(name).filter((value) => value !== null);
    return values.length < observed.length ? null : [...new Set(values.map(String))].toSorted();
  };
  const memory = all('memoryBytes').filter((value) => typeof value === 'number');
  const [users, heals, environments] = [texts('user'), texts('heals'), texts('environment')];
  return {
    bases: texts('base'),
    cpus: texts('cpus'),
    memoryBytes:
      memory.length < observed.length ? null : memory.includes(0) ? 0 : memory.reduce((sum, bytes) => sum + bytes, 0),
    surroundings:
      users === null || heals === null || environments === null
        ? null
        : [
            `user ${users.join(' and ')}`,
            `restarted after a crash: ${heals.map((yes) => (yes === 'true' ? 'yes' : 'no')).join(' and ')}`,
            ...environments.map((environment) => `environment ${environment}`),
          ],
    nodeVersions: texts('nodeVersion'),
    seedHashes: Object.fromEntries(
      observed.flatMap(({ facts }) =>
        Object.entries(facts).flatMap(([name, value]) =>
          name.startsWith('seed ') && typeof value === 'string' ? [[name.slice('seed '.length), value]] : [],
        ),
      ),
    ),
    unlike: observed.filter(({ facts }) => facts['configured'] === false).map(({ unit }) => unit),
  };
}
