import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { changesOf } from './data.ts';
import { RedeploymentSection } from './section.tsx';
import { releaseSentences } from './sentences.ts';

export const redeployment: ReportProbe = {
  chapters: [
    {
      Section: RedeploymentSection,
      title: 'From edit to live',
      isFilled: ({ rounds }) => rounds.some((round) => (round.redeployment ?? []).length > 0),
    },
  ],
  markdown: (result) => {
    const sentences = releaseSentences(result, changesOf(result));
    return sentences.length === 0
      ? []
      : ['## From edit to live', sentences.map((sentence) => `- ${text(sentence)}`).join('\n')];
  },
};
