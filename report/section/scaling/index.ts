import { text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import { scaledVariants } from './data.ts';
import { ScalingSection } from './section.tsx';
import { scalingSentences } from './sentences.ts';

export const scaling: ReportProbe = {
  chapters: [{ Section: ScalingSection, isFilled: (result) => scaledVariants(result).length > 0 }],
  markdown: (result) => {
    const views = scaledVariants(result);
    return views.length === 0
      ? []
      : [
          '## Scaling',
          scalingSentences(result, views)
            .map((sentence) => `- ${text(sentence)}`)
            .join('\n'),
        ];
  },
};
