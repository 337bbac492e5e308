import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { stormsOf } from './data.ts';
import { StormSection } from './section.tsx';
import { stormLead, stormSentence } from './words.ts';

export const storm: ReportProbe = {
  chapters: [{ Section: StormSection, isFilled: (result) => stormsOf(result).length > 0 }],
  markdown: (result) =>
    stormsOf(result).length === 0
      ? []
      : [
          '## Retry storm',
          text(stormLead(result)),
          stormsOf(result)
            .map((view) => `- ${text(stormSentence(view))}`)
            .join('\n'),
        ],
};
