import { faultsSeen } from '../../engine/evaluation/index.ts';
import {
  faultLabel,
  type Endpoint,
  type Fault,
  type IsolationMeasurement,
  type IsolationOutcome,
  type LineEndpoint,
  type LineSlice,
  type Result,
} from '../../engine/model/index.ts';
import { shop } from './application.ts';
import { endpointMedianMs, endpointWork } from './load.ts';
import { around, type Random } from './random.ts';
import type { Shape } from './shape.ts';

export const shopFaults: Fault[] = [
  { kind: 'crash', module: 'recommendations' },
  { kind: 'hang', module: 'recommendations' },
  { kind: 'slow', module: 'catalog', delayMs: 200 },
  { kind: 'provider-outage', module: 'payments' },
  { kind: 'event-loop-block', module: 'recommendations' },
  { kind: 'partition', module: 'orders', peer: 'payments' },
];

interface Blow {
  /** Share of good requests lost while it acts. */
  loss: number;
  slower: number;
}

function blow(fault: Fault, endpoint: Endpoint, sameUnit: boolean): Blow {
  const need = endpoint.needs[fault.module] ?? 'none';
  switch (fault.kind) {
    case 'crash':
      return sameUnit || need === 'required' ? { loss: 1, slower: 1 } : { loss: 0, slower: 1.04 };
    case 'event-loop-block':
      return sameUnit
        ? { loss: 0.12, slower: 38 }
        : need === 'required'
          ? { loss: 0.16, slower: 41 }
          : { loss: 0, slower: 1.02 };
    case 'hang':
      return need === 'required'
        ? { loss: 1, slower: 160 }
        : need === 'optional'
          ? { loss: 0.004, slower: 4.1 }
          : { loss: 0, slower: sameUnit ? 1.3 : 1.01 };
    case 'slow':
      return need === 'required' ? { loss: 0, slower: 52 } : { loss: 0, slower: 1.06 };
    default:
      return need === 'required' ? { loss: 0.97, slower: 1.8 } : { loss: 0, slower: 1 };
  }
}

const sliceMs = 500;
const requestsPerSecond = 60;
const [baselineMs, holdMs, recoveryMs] = [10_000, 12_000, 10_000];
/** A crash heals itself after this long. */
const crashMs = 5000;
/** How long a fault that is never recovered from is watched after its end. */
const stuckMs = 22_000;
const deadlineMs = 1000;

function endpointSlice(random: Random, name: string, medianMs: number, { loss, slower }: Blow): LineEndpoint {
  const wanted = (requestsPerSecond * sliceMs * (endpointWork[name]?.share ?? 0.1)) / 1000;
  const scheduled = Math.max(0, Math.floor(wanted + random()));
  const answersMs: number[] = [];
  const failuresMs: number[] = [];
  let good = 0;
  for (let request = 0; request < scheduled; request += 1) {
    if (random() < loss) {
      failuresMs.push(1.2);
      continue;
    }
    const ms = Number(around(random, medianMs * slower, 0.3).toPrecision(3));
    answersMs.push(ms);
    if (ms <= deadlineMs) good += 1;
  }
  const ascending = (times: number[]) => times.sort((left, right) => left - right);
  return {
    ...{ scheduled, good, notReached: 0, errors: failuresMs.length > 0 ? { refused: failuresMs.length } : {} },
    ...{ answersMs: ascending(answersMs), failuresMs: ascending(failuresMs) },
  };
}

function slice(random: Random, startMs: number, shape: Shape, blowOf: (name: string) => Blow): LineSlice {
  const endpoints = Object.fromEntries(
    Object.keys(shop.endpoints).map((name) => [
      name,
      endpointSlice(random, name, endpointMedianMs(name, shape.hopMs), blowOf(name)),
    ]),
  );
  return { startMs, lengthMs: sliceMs, withheldMs: 0.25, endpoints };
}

const nothing: Blow = { loss: 0, slower: 1 };

function notDone(fault: Fault, unit: string, reason: string): IsolationMeasurement {
  return {
    ...{ fault, label: faultLabel(fault), scope: 'unit', unit, module: fault.module, status: 'cannot-happen', reason },
    ...{ baselineFromMs: null, baselineUntilMs: null, effectAtMs: null, undoneAtMs: null, endAtMs: null },
    ...{
      watchedUntilMs: null,
      recoverCountedFrom: 'undo',
      restarts: 0,
      events: [],
      resolutionMs: sliceMs,
      legacy: null,
    },
  };
}

/** Faults one after another on one shape under one load, as the isolation probe would keep them. */
export function makeIsolation(
  random: Random,
  faults: readonly Fault[],
  shape: Shape,
  startedAtMs: number,
): { isolation: IsolationMeasurement[]; slices: LineSlice[] } {
  const slices: LineSlice[] = [];
  let atMs = startedAtMs;
  const until = (endMs: number, blowOf: (name: string) => Blow) => {
    for (; atMs < endMs; atMs += sliceMs) slices.push(slice(random, atMs, shape, blowOf));
  };
  until(startedAtMs + baselineMs, () => nothing);
  const isolation = faults.map((fault): IsolationMeasurement => {
    const unit = shape.variant.topology.units.find((candidate) => candidate.modules.includes(fault.module));
    if (unit === undefined) throw new Error(`no unit hosts "${fault.module}"`);
    if (fault.kind === 'partition' && fault.peer !== undefined && unit.modules.includes(fault.peer)) {
      const why = `${fault.module} and ${fault.peer} share the unit ${unit.name} of ${shape.variant.name}; there is no network between them`;
      return notDone(fault, unit.name, why);
    }
    const sameUnit = unit.modules.includes('storefront');
    const blowOf = (name: string): Blow => {
      const endpoint = shop.endpoints[name];
      return endpoint === undefined ? nothing : blow(fault, endpoint, sameUnit);
    };
    until(atMs + baselineMs, () => nothing);
    // In the middle of a slice, as it would be.
    const effectAtMs = atMs + 120;
    const undoneAtMs = effectAtMs + holdMs;
    const crash = fault.kind === 'crash';
    const stuck = fault.kind === 'hang' && shape.variant.name === 'monolith';
    const watchedUntilMs = undoneAtMs + (stuck ? stuckMs : recoveryMs);
    const endMs = stuck ? watchedUntilMs : effectAtMs + (crash ? crashMs : holdMs);
    until(endMs, blowOf);
    until(watchedUntilMs, () => nothing);
    return {
      ...{ fault, label: faultLabel(fault), scope: fault.kind === 'partition' ? 'unit' : 'module', unit: unit.name },
      ...{ module: fault.module, status: 'applied', reason: null },
      ...{ baselineFromMs: startedAtMs, baselineUntilMs: startedAtMs + baselineMs },
      ...{ effectAtMs, undoneAtMs, endAtMs: undoneAtMs, watchedUntilMs },
      recoverCountedFrom: crash ? 'effect' : 'undo',
      restarts: crash ? 1 : 0,
      events: crash
        ? [{ atMs: effectAtMs + 310, kind: 'restart', text: `unit ${unit.name} restarted`, unit: unit.name }]
        : [],
      ...{ resolutionMs: sliceMs, legacy: null },
    };
  });
  return { isolation, slices };
}

/** The same result with something else said about faults: what `change` gives replaces what is derived, as if version 1 had said it. */
export function withOutcomes(
  result: Result,
  change: (outcome: IsolationOutcome, label: string, variant: string) => Partial<IsolationOutcome>,
): Result {
  return {
    ...result,
    rounds: result.rounds.map((round) => ({
      ...round,
      isolation: faultsSeen(round, result.application).map(({ measured, outcome }) =>
        outcome === null
          ? measured
          : { ...measured, legacy: { ...outcome, ...change(outcome, measured.label, round.variant) } },
      ),
    })),
  };
}
