import { minimumBlocks, type Finding } from '../../model/index.ts';
import type { ClaimSource } from './source.ts';

/**
 * Every finding of these sources in the order in which one stands for others of the same: the newest first, but those with too few deployments to decide anything after all others, whatever they say. A smoke test of today does not make undecided
 * what was decided yesterday. `sources`: newest first. Pure.
 */
export function newestFindings(sources: readonly ClaimSource[]): readonly { source: ClaimSource; finding: Finding }[] {
  const all = sources.flatMap((source) => source.findings.map((finding) => ({ source, finding })));
  return [...all.filter(({ finding }) => canDecide(finding)), ...all.filter(({ finding }) => !canDecide(finding))];
}

/** By the number of deployments alone. */
function canDecide({ method, baseline, variant }: Finding): boolean {
  const pairs = baseline.blocks.filter((value, block) => value !== null && (variant.blocks[block] ?? null) !== null);
  return method === 'counted' || pairs.length >= minimumBlocks;
}
