import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DrawnExample } from './measurement.ts';
import { questionAt } from './questions.ts';

const examples: DrawnExample[] = [
  {
    ...{ title: 'Two', operation: 'recommend' },
    draw: { first: { kind: 'integer', min: 1, max: 9 }, limit: { kind: 'integer', min: 1, max: 24 } },
    input: { ids: ['p-${first}', 'p-1'], limit: '${limit}', nothing: null, deep: { first: '${first}' } },
  },
  {
    ...{ title: 'One', operation: 'look' },
    draw: { word: { kind: 'choice', values: ['a"b', '\\', '${limit}'] }, id: { kind: 'uuid' } },
    input: { text: 'x ${word} ${word}', id: '${id}' },
  },
];

describe('a drawn question', () => {
  it('takes a variable with its type where that is all of a text, and as text elsewhere', () => {
    const { operation, body } = questionAt(examples, 7, 0);
    const { ids, limit, deep, nothing } = JSON.parse(body) as Record<string, unknown>;
    expect([operation, nothing]).toEqual(['recommend', null]);
    expect(limit).toBeTypeOf('number');
    const { first } = deep as { first: number };
    expect(ids).toEqual([`p-${first}`, 'p-1']);
  });

  it('is drawn from the examples in turn, and is the same for the same seed and number', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.nat(9999), (seed, index) => {
        const question = questionAt(examples, seed, index);
        expect(question.operation).toBe(index % 2 === 0 ? 'recommend' : 'look');
        expect(questionAt(examples, seed, index)).toEqual(question);
        expect(JSON.parse(question.body)).toBeTypeOf('object');
      }),
    );
    const many = new Set(Array.from({ length: 400 }, (_, index) => questionAt(examples, 1, index).body));
    expect(many.size).toBeGreaterThan(250);
    expect(questionAt(examples, 2, 0).body).not.toBe(questionAt(examples, 3, 0).body);
  });

  it('fills in nothing twice: what was drawn may look like a variable', () => {
    const bodies = Array.from({ length: 60 }, (_, index) => questionAt(examples, 5, index).body);
    expect(bodies.some((body) => body.includes('${limit} ${limit}'))).toBe(true);
  });
});
