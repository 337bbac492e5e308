import { probeTitle, withFaultsInWords, type Finding, type Result } from '../../engine/model/index.ts';
import { EffectBar } from '../chart/effect-bar.tsx';
import { ForestPlot } from '../chart/forest-plot.tsx';
import { boundText, pairsOf, sideText } from '../data/findings.ts';
import { quantityKey } from '../data/quantity.ts';
import { variantIndex, variantTitle } from '../data/variants.ts';
import {
  formatEffect,
  formatFloor,
  formatInterval,
  formatLevel,
  formatNumber,
  metricTitle,
  scopeText,
} from '../format/index.ts';
import { DataTable, type Row } from '../part/data-table.tsx';
import { Fold } from '../part/fold.tsx';
import { MetricLink } from '../part/metric-link.tsx';
import { Section } from '../part/section.tsx';
import { VariantTag } from '../part/variant-tag.tsx';
import { VerdictBadge } from '../part/verdict-badge.tsx';

const lead =
  'Each line is one measure: the effect against the baseline as a dot, its interval at the level of its verdict as a bar. Measures that answer one question are judged together, headlines apart from details; the level says what that leaves to each. The shaded band is the noise floor learnt from running the same variant twice, or the margin of equivalence where that was not done.';

/** Every finding: all effects on one scale, then figures and sentences. */
export function FindingsSection({ result }: { result: Result }) {
  const pairs = pairsOf(result);
  if (pairs.length === 0) return null;
  return (
    <Section id="findings" title="All findings" lead={lead}>
      {pairs.map((pair) => {
        const [variant, baseline] = [variantTitle(result, pair.variant), variantTitle(result, pair.baseline)];
        const shares = pair.findings.filter((finding) => finding.unit === 'share');
        return (
          <div key={`${pair.baseline} ${pair.variant}`} className="cr-pair">
            <h3>
              <VariantTag index={variantIndex(result, pair.variant)} title={variant} /> against{' '}
              <VariantTag index={variantIndex(result, pair.baseline)} title={baseline} />
            </h3>
            <ForestPlot title={`Ratios of ${variant} to ${baseline}`} findings={pair.findings} kind="ratio" />
            <ForestPlot
              title={`Differences of shares, ${variant} minus ${baseline}`}
              findings={shares}
              kind="difference"
            />
            <DataTable
              caption={`Findings, ${variant} against ${baseline}`}
              quiet
              columns={columns(baseline, variant)}
              rows={pair.findings.map((finding) => rowOf(result, finding))}
              className="cr-findings"
            />
            <Fold title="The same in sentences" onPaper={false}>
              <ul>
                {pair.findings.map((finding) => (
                  <li key={finding.id}>{withFaultsInWords(finding.sentence)}</li>
                ))}
              </ul>
            </Fold>
          </div>
        );
      })}
    </Section>
  );
}

function columns(baseline: string, variant: string) {
  return [
    { key: 'measure', title: 'Measure' },
    { key: 'baseline', title: baseline, numeric: true },
    { key: 'variant', title: variant, numeric: true },
    { key: 'effect', title: 'Effect', numeric: true },
    { key: 'bar', title: 'Interval at the level of the verdict' },
    { key: 'floor', title: 'Noise floor', numeric: true },
    { key: 'p', title: 'Adjusted p', numeric: true },
    { key: 'verdict', title: 'Verdict' },
  ];
}

function rowOf(result: Result, finding: Finding): Row {
  const { unit, baseline, variant, adjustedPValue } = finding;
  const scope = scopeText(finding.scope);
  const more = boundText(finding);
  return {
    key: finding.id,
    cells: [
      <>
        <MetricLink metric={finding.metric}>{metricTitle(finding)}</MetricLink>
        <span className="cr-under">{scope === '' ? probeTitle(finding.probe) : scope}</span>
        {finding.family === null ? null : (
          <span className="cr-under">family: {withFaultsInWords(finding.family.replace(/^fault /, 'fault: '))}</span>
        )}
      </>,
      ...[baseline, variant].map((side) => (
        <span key={side.variant} data-quantity={quantityKey(finding.metric, finding.scope, side.variant)}>
          {sideText(result, finding, side)}
        </span>
      )),
      formatEffect(finding.effect, unit, finding.openEnd),
      <>
        <EffectBar finding={finding} width={150} />
        <span className="cr-under">{formatInterval(finding)}</span>
        {finding.interval !== null && <span className="cr-under">{formatLevel(finding)}</span>}
      </>,
      formatFloor(finding),
      adjustedPValue === null ? 'none' : adjustedPValue < 0.001 ? '< 0.001' : formatNumber(adjustedPValue, 2, [1]),
      <>
        <VerdictBadge verdict={finding.verdict} />
        {more === null ? null : <span className="cr-under">{more}</span>}
      </>,
    ],
  };
}
