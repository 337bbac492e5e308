import type { Result } from '../../engine/model/index.ts';
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
  const count = (status: string): number => result.gate.filter((check) => check.status === status).length;
  if (result.gate.length === 0) return { tone: 'plain', text: 'fairness not checked' };
  if (count('fail') > 0) return { tone: 'bad', text: `unfair in ${count('fail')} of ${result.gate.length} checks` };
  if (count('declared') > 0)
    return {
      tone: 'note',
      text: `fair but for ${count('declared')} declared ${count('declared') === 1 ? 'difference' : 'differences'}`,
    };
  return { tone: 'good', text: `fair in all ${result.gate.length} checks` };
}

/** What was compared, when, where, and whether the comparison is fair. */
export function Header({ result }: { result: Result }) {
  const { experiment, environment } = result;
  const gate = gateSummary(result);
  const facts = [
    result.application.title,
    environment.runtime === 'docker'
      ? `${environment.engine?.name ?? 'container engine'} ${environment.engine?.version ?? ''}`.trim()
      : 'local processes',
    `${experiment.blocks} ${experiment.blocks === 1 ? 'block' : 'blocks'}`,
    `${experiment.load.journeysPerSecond} journeys/s`,
    `${formatInstant(result.startedAt)}, ${formatSpan(Date.parse(result.endedAt) - Date.parse(result.startedAt))}`,
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
      </p>
      {result.reason === null ? null : <p className="cr-notice">{result.reason}</p>}
    </header>
  );
}
