import { languageOf, languageTitles, unitOf, type Topology } from '../model/index.ts';

/** Why a change that edits files of these modules is in no program of a cut, one clause. Pure. */
export function whyInNoUnit(topology: Topology, modules: readonly string[]): string {
  const elsewhere = modules.flatMap((module) => {
    const language = languageOf(unitOf(topology, module));
    return language === 'typescript' ? [] : [`${module}, which runs in ${languageTitles[language]} there`];
  });
  return elsewhere.length === 0
    ? 'no program is made of the files that it edits'
    : `no program is made of the files that it edits: they are of ${elsewhere.join(', and of ')}`;
}
