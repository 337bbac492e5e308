import type { AnswerDifference, ContractResult } from '../../engine/contracts/index.ts';
import { plural, printable } from '../../engine/model/index.ts';

/** What became of a contract's examples, a line a difference; those that are alike in every item of a list, and in several requests, are one. */
export function contractInWords(result: ContractResult): string {
  const { module, url, operations, examples, requests, differences, notAsked } = result;
  const alike = new Map<string, AnswerDifference[]>();
  for (const difference of differences) {
    const { operation, place, field, expected } = difference;
    const kind = JSON.stringify([operation, place, field?.replaceAll(/(^|\.)\d+(?=\.|$)/g, '$1*'), expected]);
    const group = alike.get(kind);
    if (group === undefined) alike.set(kind, [difference]);
    else group.push(difference);
  }
  const lines = [...alike.values()].map((group) => differenceInWords(group));
  const asked = [plural(operations, 'operation'), plural(examples, 'example'), plural(requests, 'request')].join(', ');
  const end =
    lines.length === 0 && notAsked.length === 0
      ? `${module} at ${url} is as its contract says: ${asked}.`
      : `${module} at ${url} differs from its contract in ${plural(lines.length, 'place')}: ${asked}.`;
  return [
    ...lines,
    ...notAsked.map(({ example, because }) => oneLine(`not asked: "${example}": ${because}`)),
    end,
  ].join('\n');
}

function differenceInWords(group: readonly AnswerDifference[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const { operation, place, field, expected, came, request } = first;
  const where = place === 'field' ? (field === '' ? 'body' : `field "${field ?? ''}"`) : place;
  const more = group.length === 1 ? '' : `, and ${group.length - 1} more like it`;
  return oneLine(`${operation}: ${where}: expected ${expected}, came ${came} ("${request}"${more})`);
}

/** Names of fields come from the implementation. */
function oneLine(text: string): string {
  return printable(text).replaceAll(/[\t\n\r\u2028\u2029]/g, '\ufffd');
}
