import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';
import { terms } from './terms.ts';

describe('the words of a text', () => {
  it('are of any script, without case, accents and signs', () => {
    const words = (text: string) => [...terms(text)];
    expect(words('Café-Crème, 12½ %')).toEqual(['cafe', 'creme', '121', '2']);
    expect(words('Cafe\u0301 CAFÉ café')).toEqual(['cafe']);
    expect(words('чайник やかん 水壶 किताब ﬁne Ⓐ①')).toEqual(['чаиник', 'やかん', '水壶', 'किताब', 'fine', 'a1']);
    expect(words('100 % ☃ … _ \ud83d')).toEqual(['100']);
    expect(words('KETTLE™ ℡ kettle®2 №5 a≠b 🇩🇪')).toEqual(['kettle', '2', '5', 'a', 'b']);
  });

  it('are not changed by signs and emoji around them, and are two where one stands between', () => {
    const sign = fc.oneof(
      fc.constantFrom('™', '®', '℠', '©', '℡', '№', '+', '≠', '\u00a8', '🫖', '☕️', '👨‍👩‍👧', '🇩🇪', '👍🏽', '\ud83d'),
      fc
        .string({ unit: 'grapheme', minLength: 1 })
        .filter((text) => /^(?:(?!\p{Alphabetic})[\p{S}\p{P}\s])+$/u.test(text)),
    );
    const word = fc.stringMatching(/^[a-z0-9äöéшиß水やक]{1,8}$/);
    fc.assert(
      fc.property(word, word, sign, sign, (one, other, before, after) => {
        const both = [...terms(one), ...terms(other)];
        expect([...terms(`${before}${one}${after}${other}${before}`)]).toEqual([...new Set(both)]);
        expect([...terms(`${before} ${one} ${after}`)]).toEqual([...terms(one)]);
        expect([...terms(`${before}${after}`)]).toEqual([]);
      }),
    );
  });

  it('are the same in every Unicode form and case, and all of them are there', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    // The forms for compatibility make letters of some signs: there is no telling then.
    const signs = /(?!\p{Alphabetic})\p{S}/gu;
    fc.assert(
      fc.property(text, (one) => {
        for (const form of ['NFC', 'NFD'] as const)
          expect([...terms(one.normalize(form))].toSorted()).toEqual([...terms(one)].toSorted());
        for (const form of ['NFKC', 'NFKD'] as const)
          expect([...terms(one.replaceAll(signs, ' ').normalize(form))].toSorted()).toEqual([...terms(one)].toSorted());
        expect([...terms([...terms(one)].join(' '))]).toEqual([...terms(one)]);
      }),
    );
  });
});

describe('a search', () => {
  let topology: HostedTopology;
  beforeAll(async () => {
    topology = await hostTopology(modules, {
      cut: cuts.monolith,
      seed: { value: 7, sizes: { products: 1200, stock: 9 } },
    });
  });
  afterAll(() => topology.close());
  const total = async (query: string): Promise<unknown> => {
    const { status, body } = await shopClient(topology).get(`/api/search?q=${encodeURIComponent(query)}`);
    expect(status).toBe(200);
    expect((body['products'] as unknown[]).length).toBe(Math.min(24, Number(body['total'])));
    return body['total'];
  };

  it('lists everything only when nothing is asked for', async () => {
    for (const query of ['', '  ']) expect(await total(query)).toBe(1200);
    for (const query of ['чайник', '水壶', '%', '100 %', '☃', '🫖', '™', '™®', '\u200b', '...', "' OR 1=1", 'zzz'])
      expect(await total(query)).toBe(0);
  });

  it('finds words however they are written', async () => {
    const oak = await total('oak');
    expect(oak).toBeGreaterThan(0);
    for (const query of [
      'OAK',
      'öäk',
      'o\u0308ak',
      'oak %',
      'oak 🫖',
      'oak🫖',
      'OAK™',
      '®oak©',
      'oak \u2615\ufe0f',
      'o\u00adak',
      '\uff4f\uff41\uff4b',
      'oa',
    ])
      expect(await total(query)).toBe(oak);
  });

  it('wants every word, however many there are', async () => {
    const many = 'oak oak oa o quiet sturdy folding classic tiny grand travel';
    expect(await total('kitchen oak')).toBeLessThan((await total('oak')) as number);
    expect(await total(many)).toBe(0);
    expect(await total(`o oa oak k ki kit kitc kitch kitche zzz`)).toBe(0);
  });
});
