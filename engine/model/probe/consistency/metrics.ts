import type { MetricDefinition } from '../../metric-definition.ts';

/** Whether the books add up. */
export const metrics = {
  'orders-wrong': {
    name: 'orders-wrong',
    probe: 'consistency',
    family: 'books',
    title: 'Orders that went wrong',
    unit: 'count',
    better: 'lower',
    scale: 'count',
    margin: 0.5,
    headline: true,
    definition: 'Lost, duplicated, phantom and stuck orders after quiescence.',
  },
  'invariants-broken': {
    name: 'invariants-broken',
    probe: 'consistency',
    family: 'books',
    title: 'Broken invariants',
    unit: 'count',
    better: 'lower',
    scale: 'count',
    margin: 0.5,
    headline: false,
    definition: 'Declared invariants of the application (stock, money) that do not hold after quiescence.',
  },
} as const satisfies Record<string, MetricDefinition>;
