import pc from 'picocolors';
import { formatMs, type ClaimOutcome, type Claims, type Evidence, type JudgedClaim } from '../../engine/model/index.ts';
import { columns, paragraph } from '../summary/index.ts';

const marks: Readonly<Record<Evidence['says'], string>> = {
  for: 'as said',
  against: 'other way',
  same: 'no diff.',
  undecided: 'not decided',
  given: 'by definition',
};

const colours: Readonly<Record<ClaimOutcome, (text: string) => string>> = {
  holds: pc.green,
  'does-not-hold': pc.red,
  mixed: pc.yellow,
  'no-difference': pc.cyan,
  undecided: pc.dim,
  'not-measured': pc.dim,
};

const sides: Readonly<Record<JudgedClaim['side'], string>> = {
  for: 'Said for microservices',
  against: 'Said against microservices',
  neither: 'Said of both',
};

/** All claims as lines of text; `whole`: with everything that each was judged by. Pure. */
export function claimsInWords({ claims, machine, results, others }: Claims, whole: boolean): string {
  const lines = (['for', 'neither', 'against'] as const).flatMap((side) => [
    pc.bold(sides[side]),
    ...claims.filter((claim) => claim.side === side).flatMap((claim) => claimInWords(claim, whole)),
    '',
  ]);
  const left =
    others === 0
      ? ''
      : ` ${others} ${others === 1 ? 'is' : 'are'} left out: of another source, machine, budget, load or settings, or measured anew since.`;
  return [
    ...lines,
    paragraph(
      `Judged from ${results} stored ${results === 1 ? 'result' : 'results'} of this source on ${machine}.${left}`,
    ),
  ].join('\n');
}

function claimInWords(claim: JudgedClaim, whole: boolean): string[] {
  const { title, said, outcome, sentence, evidence, published, cannot, missing } = claim;
  const offered = missing.map(({ preset, estimateMs, because }) =>
    estimateMs === null
      ? `${preset} (not here: ${because ?? ''})`
      : `--preset ${preset} (at most ${formatMs(estimateMs)})`,
  );
  const measures = offered.length === 0 ? [] : [['', pc.dim(`Would tell more: ${offered.join(', ')}`)]];
  const details = whole
    ? [
        ['', pc.dim(`People say: ${said}`)],
        ...evidence.map((one) => ['', `${marks[one.says]}: ${one.sentence}`]),
        ...published.map(({ text, source }) => ['', pc.dim(`Published: ${text} ${source}.`)]),
        ...cannot.map((text) => ['', pc.dim(`Cannot be shown here: ${text}`)]),
      ]
    : [];
  return [columns([[title, colours[outcome](sentence)], ...details, ...measures], [28, 52])];
}
