import pc from 'picocolors';
import { judgeClaim } from '../../engine/experiment/index.ts';
import type { Result } from '../../engine/model/index.ts';
import { paragraph } from './columns.ts';

/** How the result stands against the published claim its preset repeats; empty for other experiments. */
export function claimText(result: Result): string[] {
  const judged = judgeClaim(result);
  if (judged === null) return [];
  const outcome =
    judged.outcome === 'inconclusive'
      ? 'is inconclusive about'
      : judged.outcome === 'agrees'
        ? 'agrees with'
        : 'disagrees with';
  return [
    [
      `Published: ${judged.published} (${judged.claim}; ${judged.source})`,
      `Measured: ${judged.measured}`,
      `This result ${outcome} the claim (${pc.bold(judged.outcome)}). Why the two may differ:`,
      ...judged.reasons.map((reason) => `- ${reason}`),
    ]
      .map(paragraph)
      .join('\n'),
  ];
}
