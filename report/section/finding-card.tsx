import type { Finding, Result } from '../../engine/model/index.ts';
import { DotStrip } from '../chart/dot-strip.tsx';
import { EffectBar } from '../chart/effect-bar.tsx';
import { boundText, sideText, whyNotCompared } from '../data/findings.ts';
import { variantIndex, variantTitle } from '../data/variants.ts';
import {
  formatEffect,
  formatFloor,
  formatInterval,
  formatLevel,
  metricTitle,
  scopeText,
  splitUnit,
} from '../format/index.ts';
import { MetricLink } from '../part/metric-link.tsx';
import { VariantTag } from '../part/variant-tag.tsx';
import { VerdictBadge } from '../part/verdict-badge.tsx';

/** One headline measure: both values, every block, the effect with its interval, the verdict. */
export function FindingCard({ result, finding }: { result: Result; finding: Finding }) {
  const { baseline, variant, unit } = finding;
  const sides = [
    { side: baseline, index: variantIndex(result, baseline.variant) },
    { side: variant, index: variantIndex(result, variant.variant) },
  ] as const;
  const scope = scopeText(finding.scope);
  const more = boundText(finding);
  return (
    <article className="cr-card">
      <header>
        <h3>
          <MetricLink metric={finding.metric}>{metricTitle(finding)}</MetricLink>
          {scope === '' ? null : <span className="cr-scope"> {scope}</span>}
        </h3>
        <VerdictBadge verdict={finding.verdict} />
      </header>
      <dl className="cr-sides">
        {sides.map(({ side, index }) => (
          <div key={side.variant}>
            <dt>
              <VariantTag index={index} title={variantTitle(result, side.variant)} />
            </dt>
            <dd>
              <Figure text={sideText(result, finding, side)} />
            </dd>
          </div>
        ))}
      </dl>
      <DotStrip finding={finding} baselineIndex={sides[0].index} variantIndex={sides[1].index} width={280} />
      <p className="cr-effect-line">
        <strong>{formatEffect(finding.effect, unit, finding.openEnd)}</strong>
        <span className="cr-quiet">
          {' '}
          {finding.interval === null
            ? finding.effect === null
              ? whyNotCompared(result, finding)
              : finding.method === 'counted'
                ? 'counted, the same in every deployment'
                : 'fewer than three blocks: no interval'
            : `${formatLevel(finding)} ${formatInterval(finding)}`}
        </span>
      </p>
      <EffectBar finding={finding} width={280} ends />
      <p className="cr-small">
        {finding.noiseFloor === null
          ? `Band: margin (noise floor not measured)`
          : `Band: noise floor ${formatFloor(finding)} from ${finding.noisePairs} A/A ${finding.noisePairs === 1 ? 'pair' : 'pairs'}`}
        {more === null ? '' : `. ${more}`}
      </p>
      {finding.declared.length === 0 ? null : (
        <p className="cr-small">Declared difference: {finding.declared.join(', ')}</p>
      )}
    </article>
  );
}

/** A figure with its unit set smaller, so that long units do not crowd it. */
function Figure({ text }: { text: string }) {
  const { figure, unit } = splitUnit(text);
  return (
    <>
      {figure}
      {unit === '' ? null : <span className="cr-unit">{`\u00a0${unit}`}</span>}
    </>
  );
}
