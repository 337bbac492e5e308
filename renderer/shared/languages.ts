import {
  languageOf,
  languagesOf,
  languageTitles,
  own,
  unitOf,
  withLanguage,
  type Application,
  type Language,
  type Topology,
} from '../../engine/model/index.ts';

/** Modules of the application that are written in several languages, by name. */
export function swappableModules(application: Application): string[] {
  return Object.keys(application.modules).filter((module) => languagesOf(application, module).length > 1);
}

/** Why a module cannot be in another language in this cut, and what it would take, one sentence; null where it can. */
export function whyNoOther(topology: Topology, module: string): string | null {
  const { modules } = unitOf(topology, module);
  const others = modules.filter((one) => one !== module);
  if (others.length === 0) return null;
  const shares =
    others.length === 1 ? `${others[0]} shares its process` : `${others.length} other modules share its process`;
  return `${shares}, which has one language: TypeScript. Give it a unit of its own to choose another.`;
}

/** The modules of a cut that are in another language than TypeScript, in words, for example "Recommendations in Go". */
export function otherLanguages(topology: Topology, application: Application): string[] {
  return topology.units.flatMap((unit) => {
    const language = languageOf(unit);
    return language === 'typescript'
      ? []
      : unit.modules.map(
          (module) => `${own(application.modules, module)?.title ?? module} in ${languageTitles[language]}`,
        );
  });
}

/** The first module that is not in the same language in all of these cuts; undefined where all are alike. */
export function moduleSwapped(application: Application, cuts: readonly Topology[]): string | undefined {
  return swappableModules(application).find((module) => {
    const having = cuts.filter(({ units }) => units.some(({ modules }) => modules.includes(module)));
    return new Set(having.map((cut) => languageOf(unitOf(cut, module)))).size > 1;
  });
}

/** A mark belongs on what could be otherwise. */
export function markOf(topology: Topology, application: Application, module: string): Language | null {
  const language = languageOf(unitOf(topology, module));
  return language === 'typescript' && languagesOf(application, module).length < 2 ? null : language;
}

const longestName = 40;

/** The cut with a module in that language, under the name of the known cut that it is, or one made of it. */
export function cutInLanguage(
  topology: Topology,
  { module, language, known }: { module: string; language: Language; known: readonly Topology[] },
): Topology {
  const changed = withLanguage(topology, module, language);
  const same = known.find(({ units }) => unitsIn(units) === unitsIn(changed.units));
  if (same !== undefined) return same;
  const plain = plainUnits(changed);
  const base = known.find(({ units }) => unitsIn(units) === unitsIn(plain))?.name ?? topology.name;
  const used = [...new Set(changed.units.map(languageOf))].filter((one) => one !== 'typescript');
  const suffix = used.map((one) => `-${one}`).join('');
  return { ...changed, name: `${base.slice(0, longestName - suffix.length)}${suffix}` };
}

function plainUnits({ units }: Topology): Topology['units'] {
  return units.map((unit) => {
    const { language: _, ...plain } = unit;
    return plain;
  });
}

const unitsIn = (units: Topology['units']): string =>
  JSON.stringify(units.map((unit) => [unit.name, unit.modules, unit.instances ?? 1, languageOf(unit)]));
