/** What the definitions say of one metric: its question, scale, smallest change that matters and the better direction. */
export interface Definition {
  question: string;
  scale: 'ratio' | 'difference' | 'share' | 'count';
  margin: number;
  better: 'lower' | 'higher';
  headline?: true;
  /** Step of its values, in its unit. */
  step?: number;
  /** The same in all deployments of a variant: counted, not tested. */
  constant?: true;
}

const ratio = (question: string, more: Partial<Definition> = {}): Definition => ({
  question,
  scale: 'ratio',
  margin: 0.05,
  better: 'lower',
  ...more,
});
const headline = { headline: true } as const;

/** Written down anew, so that a changed margin or scale in the product is seen here. */
export const definitions: Record<string, Definition> = {
  'deployment-time': ratio('deployment', headline),
  'time-to-ready': ratio('deployment'),
  'first-request': ratio('deployment'),
  'image-bytes': ratio('deployment', { constant: true }),
  'response-p50': ratio('latency', headline),
  'response-p90': ratio('latency'),
  'response-p95': ratio('latency', headline),
  'response-p95-own': ratio('latency'),
  'response-p99': ratio('latency'),
  'response-p999': ratio('latency'),
  'service-p50': ratio('latency'),
  availability: { question: 'latency', scale: 'share', margin: 0.005, better: 'higher' },
  'capacity-rate': ratio('capacity', { better: 'higher', ...headline }),
  'capacity-good-per-cpu': ratio('capacity', { better: 'higher' }),
  'cpu-per-1000-good': ratio('cost', headline),
  'memory-resident': ratio('cost', headline),
  'idle-cpu': { question: 'cost', scale: 'difference', margin: 0.005, better: 'lower' },
  'network-per-1000-good': ratio('cost'),
  'isolation-index': { question: 'fault', scale: 'share', margin: 0.05, better: 'higher' },
  'fault-breadth': { question: 'fault', scale: 'share', margin: 0.05, better: 'lower' },
  'fault-severity': { question: 'fault', scale: 'share', margin: 0.05, better: 'lower' },
  'lost-good-requests': { question: 'fault', scale: 'count', margin: 5, better: 'lower', ...headline },
  'time-to-recover': { question: 'fault', scale: 'difference', margin: 500, better: 'lower', step: 250 },
  'storm-good-share': { question: 'storm', scale: 'share', margin: 0.05, better: 'higher', ...headline },
  'retry-amplification': { question: 'storm', scale: 'difference', margin: 0.1, better: 'lower' },
  'storm-recovery': { question: 'storm', scale: 'difference', margin: 500, better: 'lower', step: 250, ...headline },
  'orders-wrong': { question: 'books', scale: 'count', margin: 0.5, better: 'lower', ...headline },
  'invariants-broken': { question: 'books', scale: 'count', margin: 0.5, better: 'lower' },
  'remote-calls-per-journey': { question: 'calls', scale: 'difference', margin: 0.5, better: 'lower' },
  'network-time-per-journey': { question: 'calls', scale: 'difference', margin: 0.5, better: 'lower' },
};
