import { faultKinds, type FaultKind } from './fault-kind.ts';
import { faultLabel, oneInstance } from './fault-label.ts';
import type { Fault } from './fault.ts';

/** A module's title from its name, where no manifest is at hand: `gift-cards` is `Gift cards`. */
export function moduleTitle(name: string): string {
  const words = name.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

type TitleOf = (module: string) => string;

/** A fault as people say it: `Payments hangs`, `Recommendations answers 200 ms later`. Different faults read differently. */
export function faultInWords(fault: Fault, titleOf: TitleOf = moduleTitle): string {
  return withFaultsInWords(faultLabel(fault), titleOf);
}

// The longest first: `crash` begins `crash-stays-down`.
const kinds = faultKinds.toSorted((a, b) => b.length - a.length).join('|');
const label = new RegExp(`(?:\\b(under|with) )?\\b(${kinds})\\(([^()]*)\\)`, 'g');

/** A text with every label of a fault in it said in words: `under hang(payments)` becomes `when Payments hangs`. Other text stays as it is. */
export function withFaultsInWords(text: string, titleOf: TitleOf = moduleTitle): string {
  return text.replaceAll(label, (whole, before: string | undefined, kind: string, details: string) => {
    const known = faultKinds.find((one) => one === kind);
    const [module = '', ...rest] = details.split(', ');
    const others = rest.filter((one) => one !== oneInstance);
    if (known === undefined || module === '') return whole;
    const delay = others.find((one) => one.endsWith(' ms'))?.replace(/^\+/, '');
    const share = others.find((one) => one.endsWith(' %'));
    const peer = others.find((one) => one !== share && !one.endsWith(' ms'));
    const numbers = { delay, share, peer: peer === undefined ? undefined : titleOf(peer) };
    const where = others.length < rest.length ? ', in one instance' : '';
    const said = `${clause(known, titleOf(module), numbers)}${where}`;
    if (before !== undefined) return `${before === 'under' ? 'when' : 'while'} ${said}`;
    return said.charAt(0).toUpperCase() + said.slice(1);
  });
}

interface Numbers {
  delay: string | undefined;
  share: string | undefined;
  peer: string | undefined;
}

function clause(kind: FaultKind, name: string, { delay, share, peer }: Numbers): string {
  const some = share === undefined ? '' : `${share} of calls `;
  switch (kind) {
    case 'crash':
      return `${name} crashes and is started again`;
    case 'crash-stays-down':
      return `${name} crashes and stays down`;
    case 'hang':
      return `${name} hangs`;
    case 'freeze':
      return `the unit of ${name} freezes`;
    case 'slow':
      return `${name} answers ${delay === undefined ? '' : `${delay} `}later`;
    case 'errors':
      return `${name} answers ${some}with errors`;
    case 'event-loop-block':
      return `${name} blocks its event loop${delay === undefined ? '' : ` for ${delay} at a time`}`;
    case 'cpu-hog':
      return `${name} burns ${share === undefined ? 'CPU' : `${share} of a CPU`} beside its work`;
    case 'cpu-starvation':
      return `the unit of ${name} is short of CPU`;
    case 'out-of-memory':
      return `${name} runs out of memory`;
    case 'memory-leak':
      return `${name} leaks memory${share === undefined ? '' : ` (${share})`}`;
    case 'partition':
      return peer === undefined ? `${name} is cut off` : `${peer} cannot reach ${name}`;
    case 'black-hole':
      return `calls to ${name} get no answer`;
    case 'connection-reset':
      return `connections to ${name} are reset`;
    case 'provider-outage':
      return `the outside service of ${name} is down`;
    case 'store-outage':
      return `the store of ${name} is down`;
    case 'store-crash':
      return `the database server of ${name} crashes and is started again`;
    case 'store-connections':
      return `the unit of ${name} has one connection to its database left`;
    case 'store-freeze':
      return `the database server of ${name} freezes`;
    case 'store-partition':
      return `the database server of ${name} is out of reach`;
    case 'store-starvation':
      return `the database server of ${name} is short of CPU`;
    case 'bad-release-unready':
      return `a release of ${name} never gets ready`;
    case 'bad-release-errors':
      return `a release of ${name} answers ${some}with errors`;
    case 'none':
      return `nothing is broken in ${name} (control)`;
    default:
      return kind satisfies never;
  }
}
