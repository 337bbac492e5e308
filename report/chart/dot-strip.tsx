import type { Finding } from '../../engine/model/index.ts';
import { formatValue } from '../format/index.ts';
import { Mark } from '../part/marker.tsx';
import { Chart, px } from './frame.tsx';

interface DotStripProps {
  finding: Finding;
  baselineIndex: number;
  variantIndex: number;
  width?: number;
}

/** The value of every block, baseline above, variant below, on one scale from zero. */
export function DotStrip({ finding, baselineIndex, variantIndex, width = 240 }: DotStripProps) {
  const sides = [
    { side: finding.baseline, index: baselineIndex, y: 8 },
    { side: finding.variant, index: variantIndex, y: 24 },
  ];
  const values = sides.flatMap(({ side }) => side.blocks.filter((value) => value !== null));
  if (values.length === 0) return null;
  const low = Math.min(0, ...values);
  const high = Math.max(low + 1e-12, ...values);
  const at = (value: number): number => 6 + ((value - low) / (high - low)) * (width - 12);
  return (
    <Chart
      title={`Values by block: ${sides.map(({ side }) => `${side.variant} ${side.blocks.map((value) => formatValue(value, finding.unit)).join(', ')}`).join('; ')}`}
      width={width}
      height={32}
    >
      {sides.map(({ side, index, y }) => (
        <g key={y}>
          <line className="cr-rule" x1={6} x2={width - 6} y1={y} y2={y} />
          {side.value === null ? null : (
            <line className="cr-centre" x1={px(at(side.value))} x2={px(at(side.value))} y1={y - 7} y2={y + 7} />
          )}
          {side.blocks.map((value, block) =>
            value === null ? null : (
              <Mark
                key={block}
                index={index}
                x={at(value)}
                y={y}
                size={3.4}
                title={`${side.variant}, block ${block + 1}: ${formatValue(value, finding.unit)}`}
              />
            ),
          )}
        </g>
      ))}
    </Chart>
  );
}
