import type { LabEvent, LabEventOf, Round } from '../../engine/model/index.ts';
import { faultLabel } from '../../engine/model/index.ts';
import { formatMs, formatSpan } from '../../report/index.ts';

/** The lines an event is worth in a plain log; none for what only a live view shows. */
export function linesFor(event: LabEvent): string[] {
  switch (event.type) {
    case 'run-started':
      return [
        `${event.experiment.title}: ${event.experiment.variants.map((variant) => variant.name).join(', ')} on ${event.runtime}; ` +
          `${event.rounds} rounds, about ${formatSpan(event.estimateMs)}`,
      ];
    case 'environment':
      return [`Runtime: ${event.environment.runtime} (${event.environment.runtimeReason})`];
    case 'gate':
      return event.checks.map((check) => `  fairness: ${check.status.padEnd(8)} ${check.title}: ${check.detail}`);
    case 'step-started':
      return [`${event.parentId === null ? '' : '  '}${event.title}`];
    case 'step-ended':
      return event.outcome === 'done' ? [] : [`  ${event.outcome}${event.detail === null ? '' : `: ${event.detail}`}`];
    case 'round-ended':
      return [roundInWords(event.round)];
    case 'fault':
      return event.phase === 'injecting'
        ? []
        : [`    ${faultLabel(event.fault)} in unit ${event.unit}: ${event.phase}`];
    case 'message':
      return [`${event.level === 'info' ? '' : `${event.level}: `}${event.text}`];
    case 'cancelling':
      return [event.text];
    case 'run-ended':
      return [`Run ${event.outcome}${event.outcome === 'completed' ? '' : `: ${event.text}`}`];
    case 'round-started':
    case 'unit-state':
    case 'log':
    case 'load':
      return [];
  }
}

function roundInWords(round: Round): string {
  const deployed = round.deployment === null ? '' : `, deployed in ${formatMs(round.deployment.firstGoodMs)}`;
  const reasons = round.reasons.length === 0 ? '' : ` (${round.reasons.join('; ')})`;
  return `  ${round.variant}, block ${round.block + 1}: ${round.status} in ${formatSpan(round.durationMs)}${deployed}${reasons}`;
}

/** One line for the load going on now. */
export function loadInWords({ variant, phase, slice }: LabEventOf<'load'>): string {
  const perSecond = (count: number) => Math.round((count * 1000) / slice.lengthMs);
  const p95 = slice.p95Ms === null ? '-' : `${slice.p95Ms.toFixed(1)} ms`;
  return `${variant}, ${phase}: ${perSecond(slice.scheduled)} requests/s, ${perSecond(slice.good)} good, p95 ${p95}, errors ${slice.errors}`;
}
