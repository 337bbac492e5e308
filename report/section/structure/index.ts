import { associationInWords, couplingInWords, reachInWords } from '../../../engine/evaluation/index.ts';
import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { CrossingSection } from './crossing-section.tsx';
import { crossingInWords, crossingsOf } from './crossing.ts';
import { structuresOf } from './data.ts';
import { StructureSection } from './section.tsx';

export const structure: ReportProbe = {
  chapters: [
    {
      ...{ id: 'crossing', title: 'Which calls cross the network' },
      Section: CrossingSection,
      isFilled: (result) => crossingsOf(result) !== null,
    },
    {
      Section: StructureSection,
      isFilled: ({ rounds }) => rounds.some((round) => round.structure !== undefined),
    },
  ],
  markdown: (result) => {
    const crossings = crossingsOf(result);
    const crossing =
      crossings === null
        ? []
        : [
            '## Which calls cross the network',
            crossings.variants.map((one) => `- ${text(crossingInWords(one))}`).join('\n'),
          ];
    const views = structuresOf(result);
    if (views.length === 0) return crossing;
    const lines = views.flatMap(({ variant: { title }, units, summary, associations }) => [
      couplingInWords(title, result.application, units),
      ...(summary === null ? [] : [`${reachInWords(title, summary, units.length)}.`]),
      ...associations.map((one) => `${associationInWords(title, one)}.`),
    ]);
    return [...crossing, '## Structure', lines.map((line) => `- ${text(line)}`).join('\n')];
  },
};
