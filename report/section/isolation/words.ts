import { decimalFigure, signedFigure } from '../../../engine/model/index.ts';
import { formatDifference, formatMs, formatRatio, formatShare } from '../../format/index.ts';
import type { Cell, FaultView } from './data.ts';

/** The figure in a cell: good requests lost. */
export function cellLoss(cell: Cell): string {
  return cell.degradation <= 0 ? '0\u00a0%' : formatShare(-cell.degradation, cell.degradation < 0.1 ? 1 : 0);
}

/** The second figure in a cell: how much later the median answer came, and how many times p95 grew where enough requests stand behind it. */
export function cellSlowdown(cell: Cell): string {
  const added = cell.addedMs === null ? 'no answer' : addedText(cell.addedMs);
  return cell.inflation === null ? added : `${added}, p95 ${formatRatio(cell.inflation, 2)}`;
}

/** Tenths of a ms are the machine's. */
function addedText(ms: number): string {
  if (ms === 0 || Math.abs(ms) >= 1) return formatDifference(Math.round(ms), 'ms');
  return `${signedFigure(decimalFigure(ms, 0), ms).replace('-', '\u2212')}\u00a0ms`;
}

const needWords = {
  required: 'needs the module',
  optional: 'can do without the module',
  none: 'does not need the module',
} as const;

/** Everything about a cell as one sentence, for a tooltip and for readers who hear the page. */
export function cellSentence(cell: Cell, endpoint: string): string {
  const seen = cell.impacted ? 'is hurt' : cell.cutOff ? 'is not hurt as far as it was reached' : 'is not hurt';
  const unreached = cellUnreached(cell);
  const rounds = `${cell.impactedRounds} of ${cell.rounds} rounds`;
  const shared = cell.need === 'none' && cell.isOnServer ? ', but data that it uses are on the same server,' : '';
  return `${endpoint} ${needWords[cell.need]}${shared} and ${seen} (${rounds}): ${cellLoss(cell)} good requests, ${cellSlowdown(cell)}${unreached === null ? '' : `, ${unreached}`}.`;
}

/** How much of what users wanted never came to be asked, because a request before it failed; null where all of it did. */
export function cellUnreached(cell: Cell): string | null {
  return cell.notReached < 0.0005 ? null : `${formatShare(cell.notReached, 0)} cut off`;
}

/** What the dependency map foretold of a cell, and whether it came otherwise; empty where nothing was foretold and nothing came. */
export function expectationWord(cell: Cell): string {
  switch (cell.expectation) {
    case 'as-predicted':
      if (cell.need === 'none') return cell.impacted && cell.isOnServer ? 'same server' : '';
      return cell.need === 'required' ? 'needs it' : 'optional';
    case 'surprise-hurt':
      return 'unforeseen';
    case 'surprise-spared':
      return 'needs it, spared';
    case 'unknown':
      return cell.cutOff ? '' : 'needs it, unclear';
  }
}

/** Time to recover in words, censored observations included. */
export function recoveryText(view: FaultView): string {
  if (view.status === 'cannot-happen') return 'cannot happen';
  const from = view.recoverCountedFrom === 'effect' ? 'after the fault' : 'after its end';
  const unseen =
    view.censored === 0
      ? null
      : `not recovered ${view.censoredAtMs === null ? 'while watched' : `within ${formatMs(view.censoredAtMs)}`} in ${view.censored} of ${view.rounds.length} rounds`;
  if (view.recoverMs === null) return unseen ?? 'not measured';
  return unseen === null ? `${formatMs(view.recoverMs)} ${from}` : `≥ ${formatMs(view.recoverMs)} ${from}; ${unseen}`;
}

/** What the fault did to this variant, as one plain sentence. */
export function faultSentence(view: FaultView): string {
  if (view.status === 'cannot-happen')
    return `${view.variant.title}: cannot happen${view.reason === null ? '' : ` (${view.reason})`}.`;
  if (view.status === 'aborted')
    return `${view.variant.title}: aborted${view.reason === null ? '' : ` (${view.reason})`}.`;
  const hurt = [...view.cells.values()].filter((cell) => cell.impacted);
  const innocents = hurt.filter((cell) => cell.need === 'none');
  const innocent = innocents.length;
  const shared = innocents.filter((cell) => cell.isOnServer).length;
  const server =
    shared === 0 ? '' : ` (${shared === innocent ? '' : `${shared} of them with `}data on the same server)`;
  const who =
    hurt.length === 0
      ? 'no endpoint is hurt'
      : `${hurt.length} of ${view.cells.size} endpoints ${hurt.length === 1 ? 'is' : 'are'} hurt${innocent === 0 ? '' : `, ${innocent} of which ${innocent === 1 ? 'does' : 'do'} not need the module${server}`}`;
  const cutOff = [...view.cells.values()].filter((cell) => cell.cutOff).length;
  const reached =
    cutOff === 0 ? '' : `; ${cutOff} ${cutOff === 1 ? 'is' : 'are'} cut off, because requests that come before fail`;
  const kept =
    view.isolationIndex === null
      ? ''
      : `; endpoints that do not need it keep ${formatShare(view.isolationIndex)} of their good requests`;
  const words = [
    ...(view.metastable ? ['metastable: it stays broken although the fault is gone'] : []),
    ...(view.outageSeconds === null || view.outageSeconds < 0.05
      ? []
      : [`as many good requests are lost as come in ${formatMs(view.outageSeconds * 1000)}`]),
    ...(view.brownOutMs === null ? [] : [`less than half of all requests good for ${formatMs(view.brownOutMs)}`]),
  ];
  return `${view.variant.title}: ${who}${reached}${kept}${words.length === 0 ? '' : `; ${words.join('; ')}`}.`;
}
