import type { Result, ResultSummary } from '../../engine/model/index.ts';
import { makeResult, standardResult } from '../../report/testing/index.ts';

const titles = [
  'What does it cost to split?',
  'What breaks when recommendations crash?',
  'Who feels a slow payment provider?',
  'Does a finer cut deploy slower?',
  'Checkout as a service',
];
const headlines = [
  'Deployment time is 4.1 × as long with microservices (3.8 to 4.5).',
  'A crash of recommendations costs the monolith every request and microservices none.',
  'No measurable difference in response time p95.',
  'Memory per deployment is 3.2 × as much with microservices.',
];
const tagSets = [['release'], [], ['lecture', 'week 4'], ['laptop'], []];

/** Summaries as a history would hold them. */
export function fakeSummaries(count: number): ResultSummary[] {
  return Array.from({ length: count }, (_, index): ResultSummary => {
    const startedAt = Date.now() - (index * 7 + 1) * 3_600_000;
    const status = index % 9 === 4 ? 'cancelled' : index % 13 === 7 ? 'interrupted' : 'completed';
    return {
      id: `result-${index}`,
      title: titles[index % titles.length] ?? '',
      tags: tagSets[index % tagSets.length] ?? [],
      notes: '',
      status,
      startedAt: new Date(startedAt).toISOString(),
      endedAt: new Date(startedAt + 420_000).toISOString(),
      preset: 'quick',
      runtime: index % 4 === 3 ? 'process' : 'docker',
      application: 'shop',
      variants: index % 3 === 0 ? ['monolith', 'macroservices', 'microservices'] : ['monolith', 'microservices'],
      blocks: index % 3 === 0 ? 5 : 3,
      headlines: status === 'completed' ? [headlines[index % headlines.length] ?? ''] : [],
      timing: { plannedMs: 440_000, cpus: 8, memoryBytes: 16 * 2 ** 30 },
    };
  });
}

/** The whole result behind a summary. */
export function fakeResult(summary: ResultSummary): Result {
  const many = summary.variants.length === 3;
  const result = many
    ? standardResult()
    : makeResult({ seed: summary.id.length + Number(summary.id.split('-')[1] ?? 0) });
  return {
    ...result,
    id: summary.id,
    title: summary.title,
    tags: summary.tags,
    status: summary.status,
    startedAt: summary.startedAt,
    endedAt: summary.endedAt,
  };
}
