import type { Result } from '../../../engine/model/index.ts';
import { quantityText, seriesIn } from '../../data/quantity.ts';
import { table, text } from '../../format/markdown.ts';
import type { ReportProbe } from '../probe.ts';
import {
  answersInWords,
  askedVariants,
  builtInWords,
  findingOf,
  headsOf,
  isSwapped,
  swappedQuantities,
} from './data.ts';
import { SameAnswersSection, SwapSection } from './section.tsx';
import { answersSentences } from './sentences.ts';

export const answers: ReportProbe = {
  chapters: [
    { ...{ id: 'another-language', title: 'Another language' }, Section: SwapSection, isFilled: isSwapped },
    {
      ...{ id: 'same-answers', title: 'The same answers' },
      Section: SameAnswersSection,
      isFilled: (result) => askedVariants(result).length > 0 && !isSwapped(result),
    },
  ],
  markdown: (result) => {
    const sentences = answersSentences(result);
    return sentences.length === 0
      ? []
      : [
          isSwapped(result) ? '## Another language' : '## The same answers',
          sentences.map((sentence) => `- ${text(sentence)}`).join('\n'),
          asTable(result),
        ];
  },
};

function asTable(result: Result): string {
  const views = askedVariants(result);
  return table(
    ['Quantity', ...headsOf(views)],
    [
      ['Questions with another answer', ...views.map(answersInWords)],
      ...swappedQuantities(result).map((quantity) => [
        quantity.title,
        ...views.map(({ view }) => {
          const { metric, scope } = quantity;
          const verdict = view.baseline ? undefined : findingOf(result, quantity, view.name)?.verdict;
          const value = quantityText(seriesIn(result, view.name, metric, scope), 'not measured');
          return verdict === undefined ? value : `${value} (${verdict})`;
        }),
      ]),
      ["Build of the module's unit, once", ...views.map((one) => builtInWords(result, one))],
    ],
  );
}
