import { headline } from '../definition.ts';
import { exactly } from '../numbers.ts';
import { LOST, machineOf, type AuditedProbe } from '../probe.ts';
import type { RoundBase } from '../round.ts';

export interface ConsistencyFields {
  consistency: {
    attempted: number;
    lost: string[];
    duplicated: string[];
    phantom: string[];
    stuck: string[];
    conserved: { holds: boolean }[];
  } | null;
}

export const consistency: AuditedProbe<RoundBase & ConsistencyFields> = {
  definitions: {
    'orders-wrong': { question: 'books', scale: 'count', margin: 0.5, better: 'lower', ...headline },
    'invariants-broken': { question: 'books', scale: 'count', margin: 0.5, better: 'lower' },
  },
  units: { 'orders-wrong': 'count', 'invariants-broken': 'count' },
  part: () => 'consistency',
  badness: (round, part) => (part !== 'consistency' ? undefined : round.consistency === null ? LOST : machineOf(round)),
  value: (round, metric) => {
    switch (metric) {
      case 'orders-wrong':
        return exactly(wrongOrders(round));
      case 'invariants-broken':
        return exactly(round.consistency?.conserved.filter(({ holds }) => !holds).length);
      default:
        return undefined;
    }
  },
  counts: (round, metric) => {
    if (metric !== 'orders-wrong') return null;
    const [wrong, trials] = [wrongOrders(round), round.consistency?.attempted ?? 0];
    return wrong === null ? null : { successes: Math.min(wrong, trials), trials };
  },
};

function wrongOrders({ consistency: books }: ConsistencyFields): number | null {
  if (books === null) return null;
  const { lost, duplicated, phantom, stuck } = books;
  return lost.length + duplicated.length + phantom.length + stuck.length;
}
