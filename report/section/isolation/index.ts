import { isolationPhase } from '../../../engine/evaluation/index.ts';
import { withFaultsInWords } from '../../../engine/model/index.ts';
import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { faultsOf } from './data.ts';
import { IsolationSection } from './section.tsx';
import { FaultTimelinesSection } from './timelines.tsx';
import { faultSentence, recoveryText } from './words.ts';

export const isolation: ReportProbe = {
  chapters: [
    { Section: IsolationSection },
    {
      id: 'fault-timelines',
      title: 'Faults through time',
      Section: FaultTimelinesSection,
      isFilled: ({ rounds }) => rounds.some(({ lines }) => (lines[isolationPhase] ?? []).length > 0),
    },
  ],
  markdown: (result) =>
    faultsOf(result).flatMap((fault) => [
      `## ${text(withFaultsInWords(fault.label))}`,
      fault.views.map((view) => `- ${text(faultSentence(view))} Recovery: ${text(recoveryText(view))}.`).join('\n'),
    ]),
};
