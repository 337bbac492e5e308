// Without schemas, so that the window's first page needs none.
import type { Application } from './application.ts';
import { own } from './own.ts';
import type { Topology, Unit } from './topology.ts';

/** Languages that a module may be written in besides TypeScript, which all have. */
export const otherLanguages = ['go', 'python'] as const;
export type OtherLanguage = (typeof otherLanguages)[number];

export const languages = ['typescript', ...otherLanguages] as const;
/** In what a module is written. Its contract is the same in all of them. */
export type Language = (typeof languages)[number];

export const languageTitles: Readonly<Record<Language, string>> = {
  typescript: 'TypeScript',
  go: 'Go',
  python: 'Python',
};

/** As short as fits on a module in the canvas. */
export const languageMarks: Readonly<Record<Language, string>> = { typescript: 'TS', go: 'Go', python: 'Py' };

/** The language that a unit runs in. */
export function languageOf(unit: Pick<Unit, 'language'>): Language {
  return unit.language ?? 'typescript';
}

/** The languages that a module is written in, TypeScript first. */
export function languagesOf(application: Application, module: string): Language[] {
  const folders = own(application.modules, module)?.languages ?? {};
  return languages.filter((language) => language === 'typescript' || folders[language] !== undefined);
}

/** Says in one sentence each which units cannot run in their language, and what it would take; empty when all can. */
export function languageProblems(topology: Topology, application: Application): string[] {
  return topology.units.flatMap((unit) => {
    const { name, modules } = unit;
    const language = languageOf(unit);
    if (language === 'typescript') return [];
    const where = `topology "${topology.name}", unit "${name}"`;
    const title = languageTitles[language];
    const missing = modules.filter((module) => !languagesOf(application, module).includes(language));
    if (modules.length > 1)
      return [
        `${where}: ${modules.length} modules share its process, which has one language; allowed in ${title}: a unit of one module${missing.length < modules.length ? ` (${modules.filter((module) => !missing.includes(module)).join(', ')})` : ''}`,
      ];
    return missing.map(
      (module) =>
        `${where}: "${module}" is not written in ${title}; allowed: ${languagesOf(application, module)
          .map((known) => languageTitles[known])
          .join(', ')}`,
    );
  });
}

/** The modules that do not run in TypeScript, with the languages that they run in, by name. */
export function languagesIn(topology: Topology): Record<string, Language> {
  const others = topology.units.filter((unit) => languageOf(unit) !== 'typescript');
  const named = others.flatMap((unit) => unit.modules.map((module) => [module, languageOf(unit)] as const));
  return Object.fromEntries(named.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** The topology with the unit of `module` in that language; whether it can be is `languageProblems`' question. */
export function withLanguage(topology: Topology, module: string, language: Language): Topology {
  const units = topology.units.map((unit): Unit => {
    if (!unit.modules.includes(module)) return unit;
    const { language: _before, ...rest } = unit;
    return language === 'typescript' ? rest : { ...rest, language };
  });
  return { ...topology, units };
}
