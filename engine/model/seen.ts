import { languages, languageTitles } from './language.ts';
import type { ObservedUnit } from './observed.ts';

/** What the running units of one variant showed, taken together; null: it could not be told. Lists hold each value once. */
export interface SeenFacts {
  bases: string[] | null;
  /** Units that run another image than was built for them. */
  notAsBuilt: string[];
  cpus: string[] | null;
  /** Limits of all units together, bytes; 0 where one has none. */
  memoryBytes: number | null;
  /** Limit of each unit, bytes; 0 where it has none. */
  memoryByUnit: Record<string, number> | null;
  /** How much CPU time the units may take of what they are held to, in CPUs, in words; `none` where there is no such limit. */
  quotas: string[] | null;
  /** How many processes and threads each may have; `none` where there is no limit. */
  processes: string[] | null;
  /** Swap beyond the memory, bytes; `none` where it may not swap, `any` without a limit. */
  swaps: string[] | null;
  users: string[] | null;
  /** Whether they are started again after a crash, `yes` or `no`. */
  restarts: string[] | null;
  environments: string[] | null;
  nodeVersions: string[] | null;
  /** What units in other languages than TypeScript say that they run in, with its version, by unit: `Go 1.19.8`. */
  languages: Record<string, string>;
  /** Hash of the seeded data by module. */
  seedHashes: Record<string, string> | null;
  /** Units that run with another configuration than they were given. */
  unlike: string[];
  /** Units whose configuration could not be seen. */
  unseen: string[];
}

/** Versions are told as programs of the language tell them: `go1.19.8`. */
function inWords(language: unknown, version: unknown): string {
  const known = languages.find((one) => one === language);
  const title = known === undefined ? String(language) : languageTitles[known];
  return `${title} ${typeof version === 'string' ? version.replace(/^[a-z]+/i, '') : 'of unknown version'}`;
}

/** Sums up what the units of a deployment showed. */
export function seenFacts(observed: readonly ObservedUnit[]): SeenFacts {
  // What a server of the store runs with beside the limits is its own.
  const units = observed.filter(({ supporting }) => supporting !== true);
  // So is what one in another language stands on, and what runs it.
  const alike = units.filter(({ facts }) => (facts['language'] ?? null) === null);
  const standing = observed.filter((one) => one.supporting === true || alike.includes(one));
  const all = (name: string, of = observed) => of.map(({ facts }) => facts[name] ?? null);
  const texts = (name: string, of = observed): string[] | null => {
    const values = all(name, of).filter((value) => value !== null);
    return values.length < of.length ? null : [...new Set(values.map(String))].toSorted();
  };
  const memory = all('memoryBytes').filter((value) => typeof value === 'number');
  const seedHashes = Object.fromEntries(
    observed.flatMap(({ facts }) =>
      Object.entries(facts).flatMap(([name, value]) =>
        name.startsWith('seed ') && typeof value === 'string' && value !== ''
          ? [[name.slice('seed '.length), value]]
          : [],
      ),
    ),
  );
  const configured = (wanted: boolean | null): string[] =>
    units.filter(({ facts }) => (facts['configured'] ?? null) === wanted).map(({ unit }) => unit);
  return {
    bases: texts('base', standing),
    notAsBuilt: observed.filter(({ facts }) => facts['built'] === false).map(({ unit }) => unit),
    cpus: texts('cpus'),
    memoryBytes:
      memory.length < observed.length ? null : memory.includes(0) ? 0 : memory.reduce((sum, bytes) => sum + bytes, 0),
    memoryByUnit:
      memory.length < observed.length
        ? null
        : Object.fromEntries(observed.map(({ unit, facts }) => [unit, Number(facts['memoryBytes'])])),
    quotas: texts('cpuQuota')?.map((cores) => (cores === '0' ? 'none' : `${cores} CPUs`)) ?? null,
    processes: texts('processes')?.map((most) => (most === '0' ? 'none' : most)) ?? null,
    swaps: texts('swapBytes')?.map((bytes) => (bytes === '0' ? 'none' : bytes === '-1' ? 'any' : bytes)) ?? null,
    users: texts('user', units),
    restarts: texts('heals', units)?.map((heals) => (heals === 'true' ? 'yes' : 'no')) ?? null,
    environments: texts('environment', alike),
    nodeVersions: texts('nodeVersion', alike),
    languages: Object.fromEntries(
      units
        .filter((one) => !alike.includes(one))
        .map(({ unit, facts }) => [unit, inWords(facts['language'], facts['languageVersion'])]),
    ),
    seedHashes: Object.keys(seedHashes).length === 0 ? null : seedHashes,
    unlike: configured(false),
    unseen: configured(null),
  };
}
