import { computeFindings } from '../../engine/evaluation/index.ts';
import {
  resultSchema,
  unitOf,
  type ChangeKind,
  type Result,
  type StructureMeasurement,
  type Topology,
} from '../../engine/model/index.ts';
import { makeResult, type ResultOptions } from './result.ts';

/** Lines and operations that the invented modules have. */
const sizes: Record<string, [lines: number, operations: string[]]> = {
  storefront: [767, ['place']],
  catalog: [243, ['search', 'many', 'price']],
  recommendations: [109, ['suggest']],
  cart: [240, ['add', 'take', 'empty', 'look']],
  inventory: [234, ['reserve', 'release']],
  payments: [220, ['capture', 'refund']],
  orders: [904, ['place', 'look']],
  notifications: [75, ['confirm']],
};

/** Changes with the modules that they edit, and those whose program becomes another as well. */
const changes: [name: string, kind: ChangeKind, edits: string[], reaches: string[]][] = [
  ['prices-have-a-currency', 'additive-contract', ['catalog'], ['storefront', 'cart', 'recommendations']],
  ['products-have-no-category', 'breaking-contract', ['storefront', 'catalog'], ['cart', 'recommendations']],
  ['search-is-sorted', 'fix', ['catalog'], []],
  ['carts-tell-weights', 'additive-contract', ['cart'], ['storefront', 'orders']],
  ['carts-are-emptied', 'fix', ['cart'], []],
  ['stock-is-rounded', 'fix', ['inventory'], []],
  ['stock-has-places', 'additive-contract', ['inventory'], ['orders']],
  ['cards-are-masked', 'fix', ['payments'], []],
  ['orders-have-a-channel', 'schema-migration', ['orders'], ['storefront']],
  ['orders-fail', 'bug-errors', ['orders'], []],
  ['mails-are-shorter', 'fix', ['notifications'], []],
  ['pages-are-wider', 'fix', ['storefront'], []],
];

function makeStructure(topology: Topology): StructureMeasurement {
  return {
    modules: Object.entries(sizes).map(([module, [lines, operations]]) => ({
      ...{ module, files: Math.ceil(lines / 60), lines },
      operations: [...operations],
      examples: 2 * operations.length,
      contract: operations.map((name) => ({
        ...{ name, summary: `Does ${name}`, repeat: 'safe' as const },
        input: [
          { path: 'id', type: 'text', required: true },
          { path: 'limit', type: 'whole number', required: false },
        ],
        output: [],
      })),
    })),
    units: topology.units.map(({ name, modules }) => ({
      ...{ unit: name, modules, bundleBytes: 1_100_000 + 12_000 * modules.length },
      packages: [
        { name: 'fastify', bytes: 310_000 },
        { name: 'undici', bytes: 480_000 },
        { name: 'zod', bytes: 290_000 },
      ],
    })),
    changes: changes.map(([change, , modules, reaches]) => ({
      ...{ change, modules },
      units: [...new Set([...modules, ...reaches].map((module) => unitOf(topology, module).name))],
    })),
    changesReason: null,
  };
}

/** A result in which the structure of three cuts was looked at; `everything`: and requests were followed. */
export function structuredResult({ everything = true, ...options }: ResultOptions = {}): Result {
  const made = makeResult({
    ...{ variants: ['monolith', 'macroservices', 'microservices'], blocks: 2, requests: 300, faults: [] },
    ...{ everything, ...options },
  });
  made.experiment.probes.structure = { changes: true };
  made.application.changes = Object.fromEntries(
    changes.map(([name, kind]) => [
      name,
      { title: name.replaceAll('-', ' '), summary: '', kind, patch: `changes/${name}.patch` },
    ]),
  );
  for (const round of made.rounds) {
    const variant = made.experiment.variants.find(({ name }) => name === round.variant);
    if (variant !== undefined) round.structure = makeStructure(variant.topology);
  }
  return resultSchema.parse({ ...made, findings: computeFindings(made) });
}
