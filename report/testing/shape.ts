import { namedTopology, variantSchema, type Topology, type Variant } from '../../engine/model/index.ts';
import { shop } from './application.ts';

/** What the invented shapes cost: the numbers the test results are made around. */
export interface Shape {
  variant: Variant;
  /** Cost of a call between units, ms. */
  hopMs: number;
  readyMs: number;
  memoryMiB: number;
  cpuPer1000: number;
  capacity: number;
}

function topology(name: string): Topology {
  const found = namedTopology(shop, name);
  if (found === undefined) throw new Error(`the test shop has no topology "${name}"`);
  return found;
}

const costs = {
  monolith: { hopMs: 0, readyMs: 420, memoryMiB: 96, cpuPer1000: 1.9, capacity: 320 },
  microservices: { hopMs: 1.6, readyMs: 1340, memoryMiB: 468, cpuPer1000: 5.4, capacity: 118 },
  macroservices: { hopMs: 0.8, readyMs: 760, memoryMiB: 214, cpuPer1000: 3.2, capacity: 205 },
} as const;
export type ShapeName = keyof typeof costs;

/** The invented shape of that name. */
export function shapeOf(name: ShapeName): Shape {
  return { variant: variantSchema.parse({ name, topology: topology(name) }), ...costs[name] };
}
