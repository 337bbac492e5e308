import { describe, expect, it } from 'vitest';
import type { Application, EndpointLoad } from '../../engine/model/index.ts';
import { differencesInWords, lossInWords, lossOf } from './release-in-words.ts';

const application = { endpoints: { home: { title: 'Home' } } } as unknown as Application;
const endpoint = (scheduled: number, good: number, late: number) => ({ scheduled, good, late }) as EndpointLoad;

describe('what is otherwise in contracts', () => {
  it('is one line each, what breaks callers first', () => {
    const one = { rule: 'a-rule', operation: 'catalog.product' };
    expect(differencesInWords([])).toBe('all as before');
    expect(
      differencesInWords([
        { ...one, level: 'harmless', text: 'added `currency`' },
        { ...one, level: 'breaking', text: 'removed `price`' },
      ]),
    ).toBe(
      '\n    catalog.product: removed "price" (breaks callers)\n    catalog.product: added "currency" (breaks nobody)',
    );
  });

  it('does nothing to a terminal, whatever fields are called', () => {
    const hostile = {
      rule: 'a-rule',
      level: 'breaking',
      operation: 'catalog.\u001b[31m',
      text: 'removed `\u202e`',
    } as const;
    expect(differencesInWords([hostile])).toBe('\n    catalog.\ufffd[31m: removed "\ufffd" (breaks callers)');
  });
});

describe('what people lost', () => {
  it('is what was not answered, apart from what was answered too late', () => {
    const loss = lossOf({ endpoints: { home: endpoint(10, 7, 1), other: endpoint(5, 4, 1), fine: endpoint(3, 3, 0) } });
    expect(loss).toEqual({ asked: 18, lost: { home: 2 }, late: { home: 1, other: 1 } });
    expect(lossInWords(application, loss)).toBe(
      '2 of 18 requests were lost: Home 2; 2 were answered too late: Home 1, other 1',
    );
  });

  it('is nothing where all were answered', () => {
    const late = lossOf({ endpoints: { home: endpoint(2, 1, 1) } });
    expect(lossInWords(application, late)).toBe('no request of 2 was lost; 1 was answered too late: Home 1');
    expect(lossInWords(application, lossOf({ endpoints: { home: endpoint(2, 2, 0) } }))).toBe(
      'no request of 2 was lost',
    );
  });
});
