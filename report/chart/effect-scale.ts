import type { Finding } from '../../engine/model/index.ts';

/** Maps effects to a line with no change in its middle; ratios on a logarithm, so that 2 × and 0.5 × are as far. */
export interface EffectScale {
  /** Position of an effect, clamped to the ends, 0 (left) to 1. */
  at(effect: number): number;
  /** Ends of the band within which an effect means nothing here. */
  band(halfWidth: number): [number, number];
  clipped(effect: number): boolean;
  kind: 'ratio' | 'difference';
}

const inner = (kind: EffectScale['kind'], effect: number): number =>
  kind === 'ratio' ? Math.log(Math.max(effect, 1e-9)) : effect;

/** A scale wide enough for `findings` of one kind, at most 100-fold for ratios. */
export function effectScale(findings: readonly Finding[], kind: EffectScale['kind']): EffectScale {
  const reach = findings.flatMap((finding) => {
    const floor = finding.noiseFloor ?? 0;
    const band = Math.max(finding.margin, floor);
    const ends = [finding.interval?.low, finding.interval?.high, finding.effect?.value].filter(
      (value) => value !== undefined,
    );
    return [...ends.map((value) => Math.abs(inner(kind, value))), (kind === 'ratio' ? Math.log1p(band) : band) * 1.6];
  });
  const most = kind === 'ratio' ? Math.log(100) : Number.POSITIVE_INFINITY;
  const half = Math.min(most, Math.max(1e-9, ...reach.filter(Number.isFinite))) * 1.08;
  const position = (effect: number): number => 0.5 + inner(kind, effect) / (2 * half);
  return {
    kind,
    at: (effect) => Math.min(1, Math.max(0, position(effect))),
    clipped: (effect) => position(effect) < 0 || position(effect) > 1,
    band: (width) =>
      (kind === 'ratio' ? [position(1 / (1 + width)), position(1 + width)] : [position(-width), position(width)]).map(
        (end) => Math.min(1, Math.max(0, end)),
      ) as [number, number],
  };
}

/** Round effects to label a scale with. */
export function effectTicks(scale: EffectScale): number[] {
  const candidates = scale.kind === 'ratio' ? ratioTicks : differenceTicks(scale);
  return candidates.filter((tick) => !scale.clipped(tick) && Math.abs(scale.at(tick) - 0.5) < 0.49);
}

const ratioTicks = [0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50];

function differenceTicks(scale: EffectScale): number[] {
  const step = [0.01, 0.02, 0.05, 0.1, 0.25].find((size) => scale.at(size) > 0.7) ?? 0.5;
  return [-3, -2, -1, 0, 1, 2, 3].map((count) => count * step);
}
