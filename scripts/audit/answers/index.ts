import { headline, ratio } from '../definition.ts';
import type { DeploymentFields } from '../deployment/index.ts';
import { join, quantile, unpack } from '../histogram.ts';
import { exactly, whole } from '../numbers.ts';
import { own } from '../own.ts';
import type { AuditedProbe, Reading } from '../probe.ts';
import type { ResourcesFields } from '../resources/index.ts';
import type { RoundBase } from '../round.ts';

interface Asked {
  module: string;
  seed: number;
  examples: unknown;
  good: number;
  refused: number;
  notAnswered: number;
  digests: (string | null)[];
  medianMs: number | null;
}

export interface AnswersFields {
  answers?: Asked | null;
}

type Audited = RoundBase & AnswersFields & ResourcesFields & DeploymentFields;

/** Every question has an answer or none, and is asked of every deployment in the same form. */
const sameQuestions = (one: Asked, other: Asked): boolean =>
  JSON.stringify([one.module, one.seed, one.examples, one.digests.length]) ===
  JSON.stringify([other.module, other.seed, other.examples, other.digests.length]);

/** What the baseline answered the first time with data of that seed. */
function firstOfBaseline(seed: number, { experiment, rounds, once }: Reading): Asked | null {
  return once(`answers of the baseline, seed ${seed}`, () => {
    let first: Audited | null = null;
    for (const round of rounds as readonly Audited[]) {
      if (round.replica || round.variant !== experiment.variants[0]?.name || round.answers == null) continue;
      if (round.seed !== seed) continue;
      if (first === null || round.block < first.block || (round.block === first.block && round.attempt < first.attempt))
        first = round;
    }
    return first?.answers ?? null;
  });
}

function others(asked: Asked | null | undefined, seed: number, reading: Reading): number | null {
  const before = firstOfBaseline(seed, reading);
  if (asked == null || before === null || !sameQuestions(asked, before)) return null;
  let count = 0;
  for (const [index, digest] of asked.digests.entries())
    if (digest === null || before.digests[index] !== digest) count += 1;
  return count;
}

/** The module that is asked; undefined where none is. */
const moduleOf = ({ experiment }: Reading): string | undefined =>
  (experiment.probes['answers'] as { module: string } | null | undefined)?.module;

/** The unit that has it. */
function unitIn(variant: string, reading: Reading): string | undefined {
  const { experiment } = reading;
  const module = moduleOf(reading);
  if (module === undefined) return undefined;
  const units = experiment.variants.find(({ name }) => name === variant)?.topology.units ?? [];
  return units.find(({ modules }) => modules.includes(module))?.name;
}

/** Read beside response times, and as good as they are. */
export const answers: AuditedProbe<Audited> = {
  definitions: {
    'other-answers': {
      ...{ question: 'answers', scale: 'difference', margin: 0.5, better: 'lower', constant: true },
      ...headline,
    },
    'module-p50': ratio('swapped module', headline),
    'module-p95': ratio('swapped module', headline),
    'module-cpu': ratio('swapped module', headline),
    'module-memory': ratio('swapped module', headline),
    'question-time': ratio('swapped module'),
    'module-start': ratio('swapped module', { margin: 0.1 }),
    'module-image-bytes': ratio('swapped module', { constant: true }),
  },
  units: {
    ...{ 'other-answers': 'count', 'module-p50': 'ms', 'module-p95': 'ms', 'module-cpu': 'cpu-seconds' },
    ...{ 'module-memory': 'bytes', 'question-time': 'ms', 'module-start': 'ms', 'module-image-bytes': 'bytes' },
  },
  part: () => 'latency',
  badness: () => undefined,
  isSpoilt: ({ status }, metric) =>
    status === 'invalid' && (metric === 'module-p50' || metric === 'module-p95' || metric === 'module-cpu'),
  value: (round, metric, _scope, reading) => {
    const { answers: asked, latency, resources, deployment, variant } = round;
    const mine = (one: { unit: string }): boolean => one.unit === unitIn(variant, reading);
    switch (metric) {
      case 'other-answers':
        return exactly(others(asked, round.seed, reading));
      case 'question-time':
        return exactly(asked?.medianMs);
      case 'module-p50':
      case 'module-p95': {
        const module = moduleOf(reading);
        if (module === undefined) return null;
        const some = Object.entries(latency?.endpoints ?? {}).flatMap(([name, load]) =>
          own(own(reading.application.endpoints, name)?.needs ?? {}, module) === undefined ? [] : [load],
        );
        const times = join(some.map((load) => unpack(load.punctualTime ?? load.responseTime)));
        const failed = join(some.map((load) => unpack(load.failureAge)));
        return some.length === 0 ? null : quantile(times, failed, metric === 'module-p50' ? 0.5 : 0.95);
      }
      case 'module-cpu': {
        const used = resources?.units.filter(mine) ?? [];
        const seconds = whole(used.map(({ cpuSeconds }) => cpuSeconds));
        return used.length === 0 || seconds === null || resources === null || resources.goodRequests === 0
          ? null
          : exactly((1000 * seconds) / resources.goodRequests);
      }
      case 'module-memory': {
        const used = resources?.units.filter(mine) ?? [];
        return used.length === 0 ? null : exactly(whole(used.map(({ memoryBytes }) => memoryBytes)));
      }
      case 'module-start': {
        const took = (deployment?.units ?? []).filter(mine).map((unit) => unit.readyMs - unit.createStartMs);
        return took.length === 0 ? null : exactly(Math.max(...took));
      }
      case 'module-image-bytes':
        return exactly(deployment?.units.find(mine)?.imageBytes);
      default:
        return undefined;
    }
  },
};
