import {
  askRefusal,
  callsInCut,
  type ApiAnswer,
  type ApiModule,
  type ApiOperation,
  type ExploreState,
  type UnitDocument,
} from '../../engine/model/index.ts';
import { shop } from './shop.ts';

const id = { path: 'id', type: 'text, at most 40 characters', required: true };

/** What the shop's modules seem to offer: the entry nothing, every other a question and an order. */
export const fakeApis: ApiModule[] = Object.keys(shop.modules).map((module) => ({
  ...{ module, problem: null },
  operations: module === shop.entry ? [] : operationsOf(module),
}));

function operationsOf(module: string): ApiOperation[] {
  return [
    {
      ...{ name: 'get', summary: `What ${module} knows of one thing`, repeat: 'safe', input: [id] },
      output: [
        id,
        { path: 'lines', type: 'list of objects', required: true },
        { path: 'lines[].quantity', type: 'whole number, 1 to 99', required: true },
        { path: 'note', type: 'text or nothing', required: false },
      ],
      examples: [
        {
          ...{ index: 0, title: 'One that is there', input: { id: `${module}-1` }, isDrawn: false, hasKey: false },
          ...{ status: 200, before: [] },
        },
        {
          index: 1,
          title: 'One that is not',
          input: { id: 'none-${uuid}' },
          isDrawn: false,
          hasKey: false,
          status: 404,
          before: [],
        },
      ],
    },
    {
      ...{ name: 'put', summary: `Gives ${module} one more`, repeat: 'with-key', input: [id], output: [] },
      examples: [
        {
          ...{ index: 2, title: 'One more', input: { id: 'new-${uuid}' }, isDrawn: false, hasKey: true, status: 200 },
          before: [`${module}.get`],
        },
      ],
    },
  ];
}

/** An answer of what seems to run; slower the more calls of the module leave its unit. */
export function fakeAnswer(
  { topology, runtime, ...state }: ExploreState,
  module: string,
  example: number,
  times: number,
): ApiAnswer {
  const refusal = askRefusal(state, times);
  if (refusal !== null || topology === null) throw new Error(refusal?.message ?? 'Nothing runs.');
  const remote = callsInCut(shop, topology).filter(({ from, crosses }) => from === module && crosses).length;
  const found = example !== 1;
  return {
    ...{ topology, runtime: runtime ?? 'process', status: found ? 200 : 404, isCut: false, key: null },
    unit: topology.units.find(({ modules }) => modules.includes(module))?.name ?? '',
    request: JSON.stringify({ id: `${module}-1` }),
    body: JSON.stringify(
      found
        ? { id: `${module}-1`, lines: [{ quantity: 2 }], note: null }
        : { error: { code: 'not-found', message: 'there is none', retryable: false } },
    ),
    tookMs: Array.from({ length: found ? times : 1 }, (_, index) => 0.8 + remote * 0.9 + (index % 5) * 0.05),
  };
}

/** The document of a unit of what seems to run: an address for each operation of its modules. */
export function fakeDocument({ topology, ...state }: ExploreState, unit: string): UnitDocument {
  const refusal = askRefusal(state, 1);
  if (refusal !== null || topology === null) throw new Error(refusal?.message ?? 'Nothing runs.');
  const modules = topology.units.find(({ name }) => name === unit)?.modules ?? [];
  const paths = fakeApis
    .filter(({ module }) => modules.includes(module))
    .flatMap(({ module, operations }) =>
      operations.map(({ name, summary }) => ({
        title: `POST /${module}/${name}`,
        text: JSON.stringify({ post: { operationId: `${module}.${name}`, summary } }, null, 2),
        isCut: false,
      })),
    );
  const about = { openapi: '3.1.0', info: { title: `shop: ${unit}`, version: '1' } };
  return {
    ...{ topology, unit, left: 0 },
    parts: [...paths, { title: 'About the document', text: JSON.stringify(about, null, 2), isCut: false }],
  };
}
