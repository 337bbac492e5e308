import type { Finding } from '../../engine/model/index.ts';
import { findingTitle } from '../data/findings.ts';
import {
  formatDifference,
  formatEffect,
  formatInterval,
  formatNumber,
  metricOfFinding,
  metricTitle,
  scopeText,
  trimZeros,
} from '../format/index.ts';
import { EffectMark } from './effect-bar.tsx';
import { effectScale, effectTicks } from './effect-scale.ts';
import { Chart, px } from './frame.tsx';

interface ForestPlotProps {
  title: string;
  findings: readonly Finding[];
  kind: 'ratio' | 'difference';
}

const width = 980;
const [left, right, line, top] = [290, 620, 24, 30];
/** Where effects end and intervals begin: wide enough for the longest of each, so that neither reaches a mark or the verdict. */
const [effectEnd, intervalStart] = [right + 108, right + 116];

/** All effects of one kind on one scale, each with its interval and noise band. */
export function ForestPlot({ title, findings, kind }: ForestPlotProps) {
  const shown = findings.filter((finding) => finding.effect?.kind === kind);
  if (shown.length === 0) return null;
  const scale = effectScale(shown, kind);
  const plot = right - left;
  const rowHeight = shown.some((finding) => scopeText(finding.scope) !== '') ? line + 10 : line;
  const bottom = top + shown.length * rowHeight;
  return (
    <Chart title={title} width={width} height={bottom + 24}>
      {effectTicks(scale).map((tick) => {
        const x = px(left + scale.at(tick) * plot);
        return (
          <g key={tick}>
            <line
              className={tick === (kind === 'ratio' ? 1 : 0) ? 'cr-nochange' : 'cr-grid'}
              x1={x}
              x2={x}
              y1={top - 6}
              y2={bottom}
            />
            <text className="cr-tick" x={x} y={bottom + 15} textAnchor="middle">
              {kind === 'ratio'
                ? tick === 1
                  ? 'no change'
                  : `${trimZeros(formatNumber(tick))} ×`
                : tick === 0
                  ? 'no change'
                  : trimZeros(formatDifference(tick, 'share'))}
            </text>
          </g>
        );
      })}
      <text className="cr-axis-title" x={0} y={14}>
        Measure
      </text>
      <text className="cr-axis-title" x={(left + right) / 2} y={14} textAnchor="middle">
        Effect and interval at the level of the verdict
      </text>
      <text className="cr-axis-title" x={width} y={14} textAnchor="end">
        Verdict
      </text>
      {shown.map((finding, index) => {
        const y = top + index * rowHeight + rowHeight / 2;
        const scope = shorten(scopeText(finding.scope), 40);
        const direction = metricOfFinding(finding)?.better === 'higher' ? '(more is better)' : '';
        return (
          <g key={finding.id}>
            <text className="cr-label" x={0} y={y + (scope === '' ? 4 : -2)}>
              {metricTitle(finding)}
              {direction === '' ? null : <tspan className="cr-faint"> ↑</tspan>}
              <title>{`${findingTitle(finding)} ${direction}`}</title>
            </text>
            {scope === '' ? null : (
              <text className="cr-tick" x={0} y={y + 12}>
                {scope}
              </text>
            )}
            <EffectMark finding={finding} scale={scale} x={left} y={y} width={plot} height={18} />
            <text className="cr-label cr-figures" x={effectEnd} y={y + 4} textAnchor="end">
              {formatEffect(finding.effect, finding.unit, finding.openEnd)}
            </text>
            <text className="cr-tick cr-figures" x={intervalStart} y={y + 4}>
              {formatInterval(finding)}
            </text>
            <text className="cr-label" x={width} y={y + 4} textAnchor="end" fill={`var(--cr-${finding.verdict})`}>
              {finding.verdict}
            </text>
          </g>
        );
      })}
    </Chart>
  );
}

function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
