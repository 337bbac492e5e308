import pc from 'picocolors';
import { formatShare, type Claims, type DecisionWeights } from '../../engine/model/index.ts';
import {
  groundsOf,
  leftOutInWords,
  recommendationOf,
  tippingOf,
  weightsInWords,
  type Decision,
} from '../../report/index.ts';
import { columns, paragraph } from '../summary/index.ts';

const cutTitle = (cut: string): string => cut;

/** A decision, or why there is none, as lines of text. Pure. */
export function decisionInWords(
  decision: Decision | null,
  weights: DecisionWeights,
  { machine, results }: Pick<Claims, 'machine' | 'results'>,
): string {
  const from = `From ${results} stored ${results === 1 ? 'result' : 'results'} of this source on ${machine}.`;
  if (decision === null)
    return [
      paragraph('No two cuts were compared by anything that a decision weighs, so there is nothing to decide by.'),
      paragraph('To begin with: npm run compare (at most 5 minutes).'),
      paragraph(from),
    ].join('\n');
  const { options, unmeasured, mostTelling } = decision;
  return [
    paragraph(pc.bold(recommendationOf(decision, cutTitle))),
    ...[groundsOf(decision), tippingOf(decision, cutTitle)].filter((text) => text !== '').map(paragraph),
    ...(decision.firmness === 'none'
      ? []
      : [
          '',
          columns(
            [
              ['', 'units', 'score', 'best in'],
              ...options.map(({ cut, units, score, best }) => [cut, `${units}`, score.toFixed(2), formatShare(best)]),
            ],
            [30, 8, 8, 10],
          ),
        ]),
    ...leftOutInWords(decision, cutTitle).map(paragraph),
    '',
    paragraph(`Made for these weights: ${weightsInWords(weights)}.`),
    ...unmeasured.map(({ title, measuredBy, speaksFor, question }) =>
      paragraph(
        measuredBy.length === 0
          ? `${title}: not measured, and no number. ${question} ${speaksFor ?? ''}`
          : `${title}: not measured, and no number.`,
      ),
    ),
    ...(mostTelling === null
      ? []
      : [paragraph(`What would tell most: --preset ${mostTelling.preset} (${mostTelling.title.toLowerCase()}).`)]),
    paragraph(from),
  ].join('\n');
}
