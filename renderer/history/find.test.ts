import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ResultSummary } from '../../engine/model/index.ts';
import { findResults, pageOf, tagsOf } from './find.ts';

const result = (id: string, change: Partial<ResultSummary> = {}): ResultSummary => ({
  id,
  title: `Result ${id}`,
  tags: [],
  notes: '',
  status: 'completed',
  startedAt: '2026-03-01T10:00:00.000Z',
  endedAt: '2026-03-01T10:10:00.000Z',
  preset: 'quick',
  runtime: 'docker',
  application: 'shop',
  variants: ['monolith', 'microservices'],
  blocks: 3,
  headlines: [],
  timing: { plannedMs: 500_000, cpus: 2, memoryBytes: 2 ** 34 },
  ...change,
});

describe('finding results', () => {
  const all = [
    result('old', { startedAt: '2026-01-01T00:00:00.000Z', tags: ['release'] }),
    result('new', {
      startedAt: '2026-05-01T00:00:00.000Z',
      tags: ['release', 'demo'],
      headlines: ['Deployment takes 4.1 × as long.'],
    }),
    result('mid', { title: 'Crash of payments' }),
  ];
  it('shows the newest first', () =>
    expect(findResults(all, { search: '', tags: [] }).map((one) => one.id)).toEqual(['new', 'mid', 'old']));
  it('wants every word, anywhere', () => {
    expect(findResults(all, { search: 'CRASH payments', tags: [] }).map((one) => one.id)).toEqual(['mid']);
    expect(findResults(all, { search: 'deployment demo', tags: [] }).map((one) => one.id)).toEqual(['new']);
    expect(findResults(all, { search: 'crash demo', tags: [] })).toEqual([]);
  });
  it('wants every tag', () =>
    expect(findResults(all, { search: '', tags: ['release', 'demo'] }).map((one) => one.id)).toEqual(['new']));
  it('counts tags', () =>
    expect(tagsOf(all)).toEqual([
      { tag: 'release', count: 2 },
      { tag: 'demo', count: 1 },
    ]));
  it('pages without losing or repeating anything', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 120 }), fc.integer({ min: 1, max: 30 }), (items, size) => {
        const { pages } = pageOf(items, 1, size);
        const seen = Array.from({ length: pages }, (_, index) => pageOf(items, index + 1, size).items).flat();
        expect(seen).toEqual(items);
        expect(pageOf(items, pages + 5, size).page).toBe(pages);
      }),
    );
  });
});
