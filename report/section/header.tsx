import { measuredMs, type Result } from '../../engine/model/index.ts';
import { blocksText } from '../data/blocks.ts';
import { variantsOf } from '../data/variants.ts';
import { formatInstant, formatSpan } from '../format/index.ts';
import { StatusWord } from '../part/status-word.tsx';
import { VariantTag } from '../part/variant-tag.tsx';

const statusWords: Record<Result['status'], string> = {
  completed: 'completed',
  cancelled: 'cancelled before the end',
  failed: 'failed',
  interrupted: 'interrupted',
};

/** Verdict of the fairness gate in one phrase. */
export function gateSummary(result: Result): { tone: 'good' | 'bad' | 'note' | 'plain'; text: string } {
  const { gate } = result;
  const count = (status: string): number => gate.filter((check) => check.status === status).length;
  if (gate.length === 0) return { tone: 'plain', text: 'fairness not checked' };
  // A busy machine hits every variant alike and each round is judged for it, so it does not make the comparison unfair.
  const unfair = gate.filter((check) => check.status === 'fail' && check.name !== 'quiet').length;
  if (unfair > 0) return { tone: 'bad', text: `unfair in ${unfair} of ${gate.length} checks` };
  const remarks = [
    ...(count('fail') > 0 ? ['the machine was not quiet'] : []),
    ...(count('declared') > 0
      ? [`${count('declared')} declared ${count('declared') === 1 ? 'difference' : 'differences'}`]
      : []),
    ...(count('unknown') > 0 ? [`${count('unknown')} not known here`] : []),
  ];
  if (remarks.length > 0)
    return { tone: 'note', text: `fair in ${count('pass')} of ${gate.length} checks; ${remarks.join(', ')}` };
  return { tone: 'good', text: `fair in all ${gate.length} checks` };
}

/** By which rules an older result was judged; null for those of now. */
export function rulesText({ rules }: Result): string | null {
  return rules === 1 ? 'rules of version 1' : null;
}

/** What was compared, when, where, and whether the comparison is fair. */
export function Header({ result }: { result: Result }) {
  const { experiment, environment } = result;
  const gate = gateSummary(result);
  const rules = rulesText(result);
  const facts = [
    result.application.title,
    environment.runtime === 'docker'
      ? `${environment.engine?.name ?? 'container engine'} ${environment.engine?.version ?? ''}`.trim()
      : 'local processes',
    blocksText(result),
    `${experiment.load.journeysPerSecond} journeys/s`,
    `${formatInstant(result.startedAt)}, ${formatSpan(measuredMs(result))}${result.sittings.length < 2 ? '' : ` in ${result.sittings.length} goes`}`,
  ];
  return (
    <header className="cr-header">
      <p className="cr-eyebrow">Cleave comparison report</p>
      <h1>{result.title}</h1>
      <p className="cr-legend">
        {variantsOf(result).map((variant) => (
          <span key={variant.name}>
            <VariantTag index={variant.index} title={variant.title} />
            <span className="cr-quiet">
              {' '}
              {variant.units} {variant.units === 1 ? 'unit' : 'units'}
              {variant.baseline ? ', baseline' : ''}
            </span>
          </span>
        ))}
      </p>
      <p className="cr-facts">
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </p>
      <p className="cr-badges">
        <StatusWord tone={result.status === 'completed' ? 'good' : 'note'}>{statusWords[result.status]}</StatusWord>
        <StatusWord tone={gate.tone}>{gate.text}</StatusWord>
        {rules === null ? null : <StatusWord tone="note">{rules}</StatusWord>}
      </p>
      {result.reason === null ? null : <p className="cr-notice">{result.reason}</p>}
    </header>
  );
}
