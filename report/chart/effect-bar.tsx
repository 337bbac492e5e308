import type { Finding } from '../../engine/model/index.ts';
import { findingTitle } from '../data/findings.ts';
import { formatEffect, formatInterval, formatLevel, metricOfFinding } from '../format/index.ts';
import { effectScale, type EffectScale } from './effect-scale.ts';
import { px } from './frame.tsx';

interface BarProps {
  finding: Finding;
  scale: EffectScale;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Interval and centre of one effect over its noise band, inside a larger drawing; an end that is not known leads to the end of the scale. */
export function EffectMark({ finding, scale, x, y, width, height }: BarProps) {
  const { effect, interval, noiseFloor, verdict, openEnd } = finding;
  if (effect === null) return null;
  const at = (value: number): number => px(x + scale.at(value) * width);
  const [left, right] = scale.band(noiseFloor ?? finding.margin);
  const none = effect.kind === 'ratio' ? 1 : 0;
  const ink = `var(--cr-${verdict})`;
  const [isLowOpen, isHighOpen] = [openEnd === 'low' || openEnd === 'both', openEnd === 'high' || openEnd === 'both'];
  return (
    <g>
      <rect
        className={noiseFloor === null ? 'cr-margin-band' : 'cr-noise-band'}
        x={px(x + left * width)}
        y={y - height / 2}
        width={px(Math.max(1, (right - left) * width))}
        height={height}
      />
      <line className="cr-nochange" x1={at(none)} x2={at(none)} y1={y - height / 2} y2={y + height / 2} />
      {interval === null ? null : (
        <g stroke={ink} strokeWidth={2}>
          <line
            x1={isLowOpen ? px(x) : at(interval.low)}
            x2={isHighOpen ? px(x + width) : at(interval.high)}
            y1={y}
            y2={y}
          />
          {isLowOpen || scale.clipped(interval.low) ? null : (
            <line x1={at(interval.low)} x2={at(interval.low)} y1={y - 4} y2={y + 4} />
          )}
          {isHighOpen || scale.clipped(interval.high) ? null : (
            <line x1={at(interval.high)} x2={at(interval.high)} y1={y - 4} y2={y + 4} />
          )}
        </g>
      )}
      <circle
        cx={at(effect.value)}
        cy={y}
        r={4}
        fill={interval === null ? 'var(--cr-paper)' : ink}
        stroke={ink}
        strokeWidth={1.6}
      />
      <title>{`${findingTitle(finding)}: ${formatEffect(effect, finding.unit, finding.openEnd)}, ${formatLevel(finding)} ${formatInterval(finding)}, ${verdict}`}</title>
    </g>
  );
}

/** One effect on a scale of its own, small enough for a card or a cell. */
export function EffectBar({
  finding,
  width = 240,
  ends = false,
}: {
  finding: Finding;
  width?: number;
  ends?: boolean;
}) {
  if (finding.effect === null) return <span className="cr-quiet">not compared</span>;
  const scale = effectScale([finding], finding.effect.kind);
  const height = ends ? 34 : 20;
  const lower = metricOfFinding(finding)?.better !== 'higher';
  return (
    <svg
      className="cr-chart cr-effect"
      role="img"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      style={ends ? { width: '100%', height: 'auto' } : { maxWidth: '100%', height: 'auto' }}
    >
      <title>{`${findingTitle(finding)}: ${formatEffect(finding.effect, finding.unit, finding.openEnd)}, ${formatLevel(finding)} ${formatInterval(finding)}`}</title>
      <line className="cr-rule" x1={0} x2={width} y1={10} y2={10} />
      <EffectMark finding={finding} scale={scale} x={6} y={10} width={width - 12} height={18} />
      {ends ? (
        <>
          <text className="cr-tick" x={0} y={31}>{`← ${lower ? 'better' : 'worse'}`}</text>
          <text className="cr-tick" x={width / 2} y={31} textAnchor="middle">
            no change
          </text>
          <text className="cr-tick" x={width} y={31} textAnchor="end">{`${lower ? 'worse' : 'better'} →`}</text>
        </>
      ) : null}
    </svg>
  );
}
