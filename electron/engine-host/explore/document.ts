import type { ApiDocument, Deployment } from '../../../engine/deploy/index.ts';
import { allPrintable, longestAnswer, mostDocumentParts, type UnitDocument } from '../../../engine/model/index.ts';
import { Problem, problemData } from '../../host-protocol/index.ts';

/** What a unit of a deployment says of its API now, asked from beside the application. Throws Problem. */
export async function documentOfUnit(
  deployment: Pick<Deployment, 'documents' | 'variant'>,
  unit: string,
): Promise<UnitDocument> {
  const { topology } = deployment.variant;
  if (!topology.units.some(({ name }) => name === unit))
    throw new Problem(
      'bad-arguments',
      `Unknown unit "${unit}"; allowed: ${topology.units.map(({ name }) => name).join(', ')}.`,
    );
  const document = await documentIn(deployment, unit);
  const parts = partsOf(document);
  return allPrintable({
    ...{ topology, unit, parts: parts.slice(0, mostDocumentParts) },
    left: Math.max(0, parts.length - mostDocumentParts),
  });
}

async function documentIn({ documents }: Pick<Deployment, 'documents'>, unit: string): Promise<ApiDocument> {
  try {
    const document = (await documents([unit])).get(unit);
    if (document === undefined) throw new Error(`unit "${unit}" has no OpenAPI document`);
    return document;
  } catch (error) {
    throw new Problem(
      'no-answer',
      `The document cannot be read: ${problemData(error).message.replace(/\.$/, '')}.`,
      'Look in Explore whether the unit runs, undo what is broken there, and read it again.',
      { cause: error },
    );
  }
}

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** One part an address, in the document's order, and what is of none of them. Pure. */
function partsOf({ paths, ...rest }: ApiDocument): UnitDocument['parts'] {
  return [
    ...Object.entries(paths).map(([path, item]) => {
      const offered = Object.keys(item).filter((key) => methods.has(key));
      return part([...offered.map((method) => method.toUpperCase()), path].join(' '), item);
    }),
    part('About the document', rest),
  ];
}

function part(title: string, value: object): UnitDocument['parts'][number] {
  const text = JSON.stringify(value, null, 2);
  return { title, text: text.slice(0, longestAnswer).toWellFormed(), isCut: text.length > longestAnswer };
}
