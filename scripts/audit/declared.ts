import type { ResultFile } from './result-file.ts';

type Facts = Record<string, string | number | boolean | null>;

/** What of the units' facts the lines of the gate are about. */
const FACTS: Readonly<Record<string, readonly string[]>> = {
  base: ['base'],
  cpu: ['cpus'],
  node: ['nodeVersion'],
  memory: ['memoryBytes'],
  limits: ['cpuQuota', 'processes', 'swapBytes'],
  surroundings: ['user', 'heals', 'environment'],
};

/** The differences that are named beside the findings of a pair: all of the settings', and those declared ones that running units showed. */
export function declaredOf(result: ResultFile, baseline: string, variant: string): string[] {
  const { experiment } = result;
  const settings = (name: string) => experiment.variants.find((one) => one.name === name)?.settings;
  const [before, after] = [settings(baseline), settings(variant)];
  if (before === undefined || after === undefined) return [];
  const flat = ({ tunables, ...others }: typeof before) =>
    new Map<string, unknown>([
      ...Object.entries(others),
      ...Object.entries(tunables).map(([name, value]) => [`tunables.${name}`, value] as const),
    ]);
  const [one, other] = [flat(before), flat(after)];
  const set = [...new Set([...one.keys(), ...other.keys()])].filter(
    (name) => JSON.stringify(one.get(name)) !== JSON.stringify(other.get(name)),
  );
  const shown = (experiment.declaredDifferences ?? []).filter((name) =>
    areShownUnlike(result, name, baseline, variant),
  );
  const languages = [baseline, variant].map((name) =>
    languagesOf(experiment.variants.find((one) => one.name === name)?.topology?.units ?? []),
  );
  return [...set, ...(languages[0] === languages[1] ? [] : ['language']), ...shown].toSorted();
}

/** Which modules run in which language that is not TypeScript, as one text. */
function languagesOf(units: readonly { modules: string[]; language?: string }[]): string {
  const named = units.flatMap(({ modules, language = 'typescript' }) =>
    language === 'typescript' ? [] : modules.map((module) => `${module} ${language}`),
  );
  return named.toSorted().join('\n');
}

function areShownUnlike({ rounds }: ResultFile, name: string, baseline: string, variant: string): boolean {
  const of = (wanted: string) =>
    rounds.flatMap(({ variant: who, replica, block, observed = [] }) =>
      who === wanted && !replica && observed.length > 0
        ? [
            {
              block,
              shown: summed(
                name,
                observed.map(({ facts }) => facts),
              ),
            },
          ]
        : [],
    );
  return of(baseline).some(({ block, shown }) =>
    of(variant).some(
      (other) => other.block === block && shown !== null && other.shown !== null && shown !== other.shown,
    ),
  );
}

/** Every value once, of memory all together, of data by module; null where it is not known of every unit. */
function summed(name: string, units: readonly Facts[]): string | null {
  if (name === 'seed') {
    const told = units.flatMap((facts) =>
      Object.entries(facts).filter(([fact, hash]) => fact.startsWith('seed ') && hash !== ''),
    );
    return told.length === 0 ? null : JSON.stringify(told.map(([fact, hash]) => `${fact} ${String(hash)}`).toSorted());
  }
  const facts = FACTS[name];
  if (facts === undefined) return null;
  if (facts.length === 1 && units.some((unit) => (unit[facts[0] ?? ''] ?? null) === null)) return null;
  if (name === 'memory') {
    const all = units.map(({ memoryBytes }) => Number(memoryBytes));
    return String(all.includes(0) ? 0 : all.reduce((sum, bytes) => sum + bytes, 0));
  }
  return JSON.stringify(
    facts.map((fact) =>
      units.some((unit) => (unit[fact] ?? null) === null)
        ? null
        : [...new Set(units.map((unit) => String(unit[fact])))].toSorted(),
    ),
  );
}
