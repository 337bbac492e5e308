import { associationInWords, couplingInWords, reachInWords } from '../../../engine/evaluation/index.ts';
import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { structuresOf } from './data.ts';
import { StructureSection } from './section.tsx';

export const structure: ReportProbe = {
  chapters: [
    {
      Section: StructureSection,
      isFilled: ({ rounds }) => rounds.some((round) => round.structure !== undefined),
    },
  ],
  markdown: (result) => {
    const views = structuresOf(result);
    if (views.length === 0) return [];
    const lines = views.flatMap(({ variant: { title }, units, summary, associations }) => [
      couplingInWords(title, result.application, units),
      ...(summary === null ? [] : [`${reachInWords(title, summary, units.length)}.`]),
      ...associations.map((one) => `${associationInWords(title, one)}.`),
    ]);
    return ['## Structure', lines.map((line) => `- ${text(line)}`).join('\n')];
  },
};
