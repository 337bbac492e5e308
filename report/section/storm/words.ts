import { faultLabel, withFaultsInWords, type Result } from '../../../engine/model/index.ts';
import { formatMs, formatRatio, formatShare } from '../../format/index.ts';
import type { StormView } from './data.ts';

/** What was done, in sentences. */
export function stormLead(result: Result): string {
  const { storm = null } = result.experiment.probes;
  if (storm === null) return '';
  const pace =
    storm.pace === null || storm.pace === undefined
      ? ''
      : ` The load before and after was chosen in each round, by what a journey was just seen to cost, so that what is busiest is busy for ${formatShare(storm.pace.utilisation)} of the time.`;
  return `For ${formatMs(storm.spikeMs)} the load rises to ${formatRatio(storm.spikeFactor, 2)} ${withFaultsInWords(`with ${faultLabel(storm.fault)}`)}; then both end, and what is left is the load that was borne well before.${pace} An application that stays down now is kept down by its own retries: it is metastable.`;
}

/** How the storm ended for one variant, in few words. */
export function stormEnding(view: StormView): string {
  const rounds = view.measurements.length;
  if (rounds === 0) return 'no storm was raised';
  if (view.metastable === rounds)
    return view.watchedMs === null ? 'metastable' : `metastable: more than ${formatMs(view.watchedMs)}`;
  const back = view.recoverMs === null ? 'not measured' : `after ${formatMs(view.recoverMs)}`;
  return view.metastable === 0 ? back : `${back}; metastable in ${view.metastable} of ${rounds} rounds`;
}

/** Whether the application comes back, as one plain sentence. */
export function stormSentence(view: StormView): string {
  const { title } = view.variant;
  const rounds = view.measurements.length;
  const why = view.without.reason === null ? '' : ` (${view.without.reason})`;
  if (rounds === 0) return `${title}: no storm was raised${why}.`;
  const remarks = [
    ...(view.goodShare === null ? [] : [`${formatShare(view.goodShare)} of the requests are good through the storm`]),
    ...(view.amplification === null
      ? []
      : [`the module gets ${formatRatio(view.amplification)} the usual calls a request`]),
    ...(view.without.rounds === 0
      ? []
      : [`in ${countOf(view.without.rounds, 'more round')} no storm was raised${why}`]),
  ];
  return `${title}: ${[answerIn(view, rounds), ...remarks].join('; ')}.`;
}

function answerIn(view: StormView, rounds: number): string {
  const watched = view.watchedMs === null ? 'to the end' : `${formatMs(view.watchedMs)} later`;
  const back = view.recoverMs === null ? '' : ` ${formatMs(view.recoverMs)} after spike and fault are over`;
  if (view.metastable === 0) return `yes, it comes back${back}`;
  const held = heldBy(view);
  if (view.metastable === rounds)
    return `no, it does not come back: spike and fault are over, and ${watched} it is still not well${rounds === 1 ? '' : ` in all ${rounds} rounds`}; ${held}`;
  return `not always: in ${view.metastable} of ${rounds} rounds it is still not well ${watched}, and ${held}; else it comes back${back}`;
}

function heldBy({ retries }: StormView): string {
  if (retries === null) return 'nobody could count whether its own retries keep it down';
  return retries > 0 ? 'its own retries keep it down' : 'it stays down although nobody repeats a call';
}

function countOf(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
