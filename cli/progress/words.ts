import type { GateCheck, LabEvent, LabEventOf, Round } from '../../engine/model/index.ts';
import { decimalFigure, faultInWords, mayEndEarly } from '../../engine/model/index.ts';
import { formatEstimate, formatMs, formatSpan } from '../../report/index.ts';
import { findingsInWords } from './findings-in-words.ts';

/** Tells a run: gives the lines each event is worth in a plain log, none for what only a live view shows. What was said is not said again. */
export function narrator(): (event: LabEvent) => string[] {
  const inRound = new Set<string>();
  let fairness = '';
  return (event) => {
    switch (event.type) {
      case 'run-started':
        return [
          `${event.experiment.title}: ${event.experiment.variants.map((variant) => variant.name).join(', ')} on ${event.runtime}; ` +
            `${mayEndEarly(event.experiment) ? 'at most ' : ''}${event.rounds} rounds, ${durationInWords(event)}`,
        ];
      case 'environment':
        return [event.environment.runtimeReason];
      case 'gate': {
        const lines = fairnessInWords(event.checks);
        const before = fairness;
        fairness = lines.join('\n');
        return fairness === before ? [] : lines;
      }
      case 'step-started':
        if (event.roundId !== null) inRound.add(event.stepId);
        return [`${event.parentId === null ? '' : '  '}${event.title}`];
      case 'step-ended':
        // The round tells why it failed, once.
        if (event.outcome === 'done' || inRound.delete(event.stepId)) return [];
        return [`  ${event.outcome}${event.detail === null ? '' : `: ${event.detail}`}`];
      case 'round-ended':
        return [roundInWords(event.round)];
      case 'fault':
        return event.phase === 'injecting'
          ? []
          : [`    ${faultInWords(event.fault)}, unit ${event.unit}: ${event.phase}`];
      case 'findings':
        return findingsInWords(event);
      case 'message':
        return [`${event.level === 'info' ? '' : `${event.level}: `}${event.text}`];
      case 'cancelling':
        return [event.text];
      case 'run-ended':
        // Why a run failed is the last thing that the command says.
        return event.outcome === 'completed' || event.outcome === 'cancelled' ? [`Run ${event.outcome}`] : [];
      case 'round-started':
      case 'unit-state':
      case 'log':
      case 'load':
        return [];
      default:
        return event satisfies never;
    }
  };
}

/** How long it will take, as the window says it. */
function durationInWords({ estimate, estimateMs, experiment }: LabEventOf<'run-started'>): string {
  return formatEstimate(estimate ?? { lowMs: estimateMs, highMs: estimateMs, atMost: mayEndEarly(experiment) });
}

function fairnessInWords(checks: readonly GateCheck[]): string[] {
  const passed = checks.filter((check) => check.status === 'pass').length;
  return [
    `  fair: ${passed} of ${checks.length} checks pass${passed === checks.length ? '' : ', but for'}`,
    ...checks
      .filter((check) => check.status !== 'pass')
      .map((check) => `    ${check.title} (${check.status}): ${check.detail}`),
  ];
}

function roundInWords(round: Round): string {
  const deployed = round.deployment === null ? '' : `, deployed in ${formatMs(round.deployment.firstGoodMs)}`;
  const reasons = round.reasons.map((reason) => reason.replace(/\.$/, '')).join('; ');
  return `  ${round.variant}, block ${round.block + 1}: ${round.status} in ${formatSpan(round.durationMs)}${deployed}${reasons === '' ? '' : ` (${reasons})`}`;
}

/** One line for the load going on now. */
export function loadInWords({ variant, phase, slice }: LabEventOf<'load'>): string {
  const perSecond = (count: number) => decimalFigure((count * 1000) / slice.lengthMs, 0);
  const p95 = slice.p95Ms === null ? '-' : formatMs(slice.p95Ms).replace('\u00a0', ' ');
  return `${variant}, ${phase}: ${perSecond(slice.scheduled)} requests/s, ${perSecond(slice.good)} good, p95 ${p95}, errors ${slice.errors}`;
}
