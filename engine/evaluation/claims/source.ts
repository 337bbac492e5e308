import {
  languageOf,
  own,
  presetLoad,
  settingsSchema,
  type Finding,
  type Language,
  type Result,
  type Round,
  type Settings,
  type Topology,
} from '../../model/index.ts';
import { weighedMetrics } from './facts-asked.ts';
import { claims, sameAnswers } from './table.ts';

/** A cut as it was measured. */
export interface MeasuredCut {
  name: string;
  /** Which modules run together, whatever their units are called. */
  shape: string;
  /** As it is said in a sentence. */
  title: string;
  units: number;
  /** Modules outside of the unit that has most of them. */
  outside: readonly string[];
  /** Running copies of all units together. */
  instances: number;
  /** Names of what it was measured with that presets have otherwise: settings, and the load. */
  unusual: readonly string[];
  /** Languages besides TypeScript, by module. */
  languages: Readonly<Record<string, Language>>;
  /** Every operation of every module, `module.operation`, sorted; null where nobody looked. */
  operations: readonly string[] | null;
}

/** What of a stored result may bear on a claim. */
export interface ClaimSource {
  id: string;
  title: string;
  endedAt: string;
  sourceHash: string;
  machine: string;
  /** CPU and memory that the application was given, as one line. */
  budget: string;
  cuts: readonly MeasuredCut[];
  findings: readonly Finding[];
  /** What its application calls its changes, by name. */
  changes: Readonly<Record<string, string>>;
}

const asked = new Set<string>([
  sameAnswers,
  ...claims.flatMap(({ tests }) => tests.map(({ metric }) => metric)),
  ...weighedMetrics,
]);

/** What two results must have in common to be about the same machine, as one line. */
export function machineOf({
  runtime,
  cpuModel,
  cpus,
  architecture,
  platform,
}: Pick<Result['environment'], 'runtime' | 'cpuModel' | 'cpus' | 'architecture' | 'platform'>): string {
  return `${cpuModel}, ${cpus} CPUs, ${platform} ${architecture}, ${runtime === 'docker' ? 'containers' : 'processes'}`;
}

/** What of a result may bear on a claim. Pure. */
export function sourceOf({
  id,
  title,
  endedAt,
  application,
  environment,
  experiment,
  rounds,
  findings,
}: Result): ClaimSource {
  return {
    ...{ id, title, endedAt, sourceHash: environment.sourceHash, machine: machineOf(environment) },
    budget: JSON.stringify(experiment.resources),
    cuts: experiment.variants
      .filter(({ name }) => rounds.some(({ variant }) => variant === name))
      .map((variant) => ({
        name: variant.name,
        shape: shapeOf(variant.topology),
        title: variant.title ?? variant.name,
        units: variant.topology.units.length,
        outside: outsideIn(variant.topology),
        instances: variant.topology.units.reduce((sum, { instances = 1 }) => sum + instances, 0),
        unusual: unusualIn(variant.settings, experiment.load),
        languages: Object.fromEntries(
          variant.topology.units
            .filter((unit) => languageOf(unit) !== 'typescript')
            .flatMap((unit) => unit.modules.map((module) => [module, languageOf(unit)])),
        ),
        operations: operationsIn(rounds.filter((round) => round.variant === variant.name)),
      })),
    findings: findings.filter(
      (finding) => asked.has(finding.metric) && finding.method !== 'none' && !isOfSearchesInVain(finding, findings),
    ),
    changes: Object.fromEntries(
      Object.entries(application.changes ?? {}).map(([name, { title: called }]) => [name, called]),
    ),
  };
}

/** How soon a search ends says nothing where it names the module at fault in one cut more often than in the other: it may end soon because it finds nothing. */
function isOfSearchesInVain({ metric, scope, baseline, variant }: Finding, findings: readonly Finding[]): boolean {
  if (metric !== 'search-steps' && metric !== 'lines-read') return false;
  const named = findings.find(
    (one) =>
      one.metric === 'cause-named' &&
      one.scope.fault === scope.fault &&
      one.baseline.variant === baseline.variant &&
      one.variant.variant === variant.variant,
  );
  return named?.verdict === 'better' || named?.verdict === 'worse';
}

/** Those with the budget that most of them have; of as many the newest. Numbers with twice the CPU are not newer ones of the same. `sources`: newest first. Pure. */
export function withCommonBudget(sources: readonly ClaimSource[]): ClaimSource[] {
  const counts = new Map<string, number>();
  for (const { budget } of sources) counts.set(budget, (counts.get(budget) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  const common = sources.find(({ budget }) => counts.get(budget) === most)?.budget;
  return sources.filter(({ budget }) => budget === common);
}

const usual = settingsSchema.parse({});

/** Two results of which one was measured at another rate or with another store do not say the same of a cut. */
function unusualIn(settings: Settings, load: Result['experiment']['load']): string[] {
  const names = Object.keys(usual).filter((name) => toldOf(settings, name) !== toldOf(usual, name));
  const sameLoad = Object.keys(presetLoad).every((name) => toldOf(load, name) === toldOf(presetLoad, name));
  return sameLoad ? names : [...names, 'load'];
}

const toldOf = (record: object, name: string): string =>
  JSON.stringify(new Map<string, unknown>(Object.entries(record)).get(name));

function shapeOf({ units }: Topology): string {
  return units
    .map(({ modules, instances = 1 }) => `${modules.toSorted().join('+')}*${instances}`)
    .toSorted()
    .join('|');
}

function outsideIn({ units }: Topology): string[] {
  const [, ...others] = units.toSorted((a, b) => b.modules.length - a.modules.length);
  return others.flatMap(({ modules }) => modules).toSorted();
}

/** Without cuts that were changed under their name since: two different ones are not one. `sources`: newest first. Pure. */
export function withNewestCuts(sources: readonly ClaimSource[]): ClaimSource[] {
  const shapes = new Map<string, string>();
  return sources.map((source) => {
    for (const { name, shape } of source.cuts) if (!shapes.has(name)) shapes.set(name, shape);
    return { ...source, cuts: source.cuts.filter(({ name, shape }) => shapes.get(name) === shape) };
  });
}

function operationsIn(rounds: readonly Round[]): string[] | null {
  const modules = rounds.map(({ structure }) => structure?.modules).find((found) => found !== undefined);
  if (modules === undefined || modules.some(({ operations }) => operations === null)) return null;
  return modules.flatMap(({ module, operations }) => (operations ?? []).map((name) => `${module}.${name}`)).toSorted();
}

/** What two cuts differ in beside how they are cut. */
export function differencesOf(one: MeasuredCut, other: MeasuredCut, declared: readonly string[]): string[] {
  const inOthers = [one, other].some(({ languages }) => Object.keys(languages).length > 0);
  const replicated = [one, other].some(({ instances, units }) => instances > units);
  return [...declared, ...(inOthers ? ['language'] : []), ...(replicated ? ['instances'] : [])];
}

/** Those that were measured as presets do, but for what is allowed: numbers at another rate or with another store are not newer ones of the same. Pure. */
export function measuredAsUsual(sources: readonly ClaimSource[], allowed: readonly string[] = []): ClaimSource[] {
  return sources.filter(({ cuts }) => cuts.every(({ unusual }) => unusual.every((name) => allowed.includes(name))));
}

/** How its cuts are called in a sentence. */
export function titlesIn({ cuts }: ClaimSource): (name: string) => string {
  const titles = new Map(cuts.map(({ name, title }) => [name, title]));
  return (name) => titles.get(name) ?? name;
}

/** How a change of its application is called in a sentence. */
export function changesIn({ changes }: ClaimSource): (name: string) => string {
  return (name) => own(changes, name) ?? name;
}

/** The cut of a source with that name. */
export function cutOf({ cuts }: ClaimSource, name: string): MeasuredCut | undefined {
  return own(Object.fromEntries(cuts.map((cut) => [cut.name, cut])), name);
}
