import type { Application } from '../../application.ts';
import { languagesOf, languageTitles, withLanguage, type Language } from '../../language.ts';
import { looksUpTo } from '../../look.ts';
import { own } from '../../own.ts';
import { presetLoad } from '../../preset-load.ts';
import { namedTopology, type Topology } from '../../topology.ts';
import { settingsSchema, type Variant } from '../../variant.ts';
import type { ProbePreset } from '../preset.ts';
import type { AnswersSettings } from './settings.ts';

/** As many as fit on two processors that nobody else uses. */
const mostBlocks = 6;

export const swap = {
  name: 'swap',
  title: 'Another language',
  question: 'One service is written anew in another language: does it answer the same, and what does that change?',
  summary:
    'The finest cut with one module in each language that it is written in: the same thousand questions to all of them, response times side by side, CPU and memory of the unit, a crash, and a change released where there is one for all of them. Ends as soon as everything is decided, after three deployments of each at the earliest and twelve minutes at the latest.',
  experiment: (application) => {
    const module = swappableModule(application);
    return {
      variants: variantsOf(application, module),
      blocks: mostBlocks,
      looks: looksUpTo(mostBlocks),
      budgetMs: 690_000,
      declaredDifferences: ['language'],
      load: presetLoad,
      warmUp: { minMs: 1500, maxMs: 2500, minRequests: 150 },
      // In short turns, so that what the machine does in between meets all languages alike.
      latency: { durationMs: 6000, windows: { lengthMs: 2000, leadInMs: 500, leadInRequests: 40 } },
      settings: questionsOf(module),
      also: {
        resources: { idleMs: 500 },
        isolation: {
          faults: [{ kind: 'crash', module }],
          ...{ baselineMs: 2000, faultMs: 2500, recoveryMs: 9000, control: false },
        },
        redeployment: releaseOf(application, module),
        // How many lines others have that share a process with it in other cuts.
        structure: { changes: false },
      },
    };
  },
} as const satisfies ProbePreset<AnswersSettings>;

/** What is asked where nobody says otherwise. */
export function questionsOf(module: string): AnswersSettings {
  return { module, questions: 1000 };
}

/** The module that is asked where nobody says which: one that can be swapped, one that has examples, or the first. */
export function askedModule(application: Application): string {
  const names = Object.keys(application.modules);
  return (
    names.find((name) => languagesOf(application, name).length > 1) ??
    names.find((name) => own(application.modules, name)?.examples !== undefined) ??
    application.entry
  );
}

/** The first module that is written in several languages. Throws one sentence where there is none. */
export function swappableModule(application: Application): string {
  const found = Object.keys(application.modules).find((name) => languagesOf(application, name).length > 1);
  if (found === undefined)
    throw new Error(
      `${application.title} has no module in another language; name a folder of one as modules.<name>.languages in its manifest`,
    );
  return found;
}

/** The finest cut of the manifest in which the module is alone in its unit. Throws one sentence where there is none. */
function cutWithAlone(application: Application, module: string): Topology {
  const [finest] = Object.keys(application.topologies)
    .flatMap((name) => namedTopology(application, name) ?? [])
    .filter(({ units }) => units.some(({ modules }) => modules.length === 1 && modules[0] === module))
    .toSorted((a, b) => b.units.length - a.units.length);
  if (finest === undefined)
    throw new Error(
      `${application.title} has no cut with "${module}" in a unit of its own, and a unit has one language; add one to topologies in its manifest`,
    );
  return finest;
}

function variantsOf(application: Application, module: string): Variant[] {
  const cut = cutWithAlone(application, module);
  const title = own(application.modules, module)?.title ?? module;
  return languagesOf(application, module).map((language): Variant => {
    const topology = withLanguage(cut, module, language);
    return {
      name: language,
      title: `${title} in ${languageTitles[language]}`,
      topology: { ...topology, name: language === 'typescript' ? cut.name : `${cut.name}-${language}` },
      settings: settingsSchema.parse({}),
    };
  });
}

/** The first change that edits the module in all of its languages; null where there is none. */
function releaseOf(application: Application, module: string) {
  const others = languagesOf(application, module).filter((language) => language !== 'typescript');
  const found = Object.entries(application.changes ?? {}).find(([, change]) => {
    const edited: readonly Language[] = own(change.languages, module) ?? [];
    return others.every((language) => edited.includes(language));
  });
  return found === undefined ? null : { changes: [found[0]], strategy: 'rolling' as const };
}
