import type { Result } from '../../engine/model/index.ts';
import { quickResult } from './result.ts';

/** One result as it would be of another machine: `factor` times what the variant showed, in all that is compared as a ratio. */
export function resultOn(machine: string, factor: number, day = 1): Result {
  const made = quickResult();
  return {
    ...made,
    id: `${made.id}-${machine}-${day}`,
    startedAt: `2026-04-0${day}T09:30:00.000Z`,
    endedAt: `2026-04-0${day}T09:40:00.000Z`,
    environment: { ...made.environment, cpuModel: `Processor ${machine}` },
    findings: made.findings.map((finding) => ({
      ...finding,
      variant: {
        ...finding.variant,
        blocks: finding.variant.blocks.map((value) =>
          value === null || finding.effect?.kind !== 'ratio' ? value : value * factor,
        ),
      },
    })),
  };
}
