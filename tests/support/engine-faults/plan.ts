import { createRandom } from '../../../engine/model/index.ts';
import { nameOf, type CallKind } from './call.ts';
import { failures } from './failure.ts';
import type { EngineFault } from './proxy.ts';

/** Every kind of call with every failure, once and always. Pure. */
export function everyFault(calls: readonly CallKind[]): EngineFault[] {
  const inOrder = calls.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return inOrder.flatMap((call) =>
    failures.flatMap((failure) => (['once', 'always'] as const).map((times) => ({ call, failure, times }))),
  );
}

/** So many of them, the same ones for the same seed. Pure. */
export function someFaults(calls: readonly CallKind[], count: number, seed: number): EngineFault[] {
  return createRandom(seed, 'engine faults').shuffle(everyFault(calls)).slice(0, count);
}

/** Names a fault. Pure. */
export function titleOf({ call, failure, times }: EngineFault): string {
  return `${nameOf(call)}: ${failure}, ${times}`;
}
