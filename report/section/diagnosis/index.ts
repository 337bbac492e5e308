import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { diagnosesOf } from './data.ts';
import { DiagnosisSection } from './section.tsx';
import { causeInWords, diagnosisLead, diagnosisSentence } from './words.ts';

export const diagnosis: ReportProbe = {
  chapters: [{ Section: DiagnosisSection, isFilled: (result) => diagnosesOf(result).length > 0 }],
  markdown: (result) => {
    const views = diagnosesOf(result);
    return views.length === 0
      ? []
      : [
          '## From a failing request to its cause',
          text(diagnosisLead),
          views.map((view) => `- ${text(`${causeInWords(view.label)}. ${diagnosisSentence(view)}`)}`).join('\n'),
        ];
  },
};
