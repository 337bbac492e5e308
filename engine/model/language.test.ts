import { describe, expect, it } from 'vitest';
import type { Application } from './application.ts';
import { languageOf, languageProblems, languagesIn, languagesOf, withLanguage } from './language.ts';
import { settingDifferences } from './setting-differences.ts';
import { databasesOf } from './store.ts';
import { parseTopology, topologyProblems } from './topology.ts';

const application = {
  modules: { front: {}, picks: { languages: { go: './picks/go', python: './picks/python' } }, cart: {} },
} as unknown as Application;
const apart = parseTopology('apart=front:front|picks:picks|cart:cart');

describe('a unit in another language', () => {
  it('has one module that is written in it', () => {
    expect(languagesOf(application, 'picks')).toEqual(['typescript', 'go', 'python']);
    expect(languagesOf(application, 'front')).toEqual(['typescript']);
    expect(languagesOf(application, 'constructor')).toEqual(['typescript']);
    for (const language of languagesOf(application, 'picks')) {
      const cut = withLanguage(apart, 'picks', language);
      expect(topologyProblems(cut, application)).toEqual([]);
      expect(cut.units.map(languageOf)).toEqual(['typescript', language, 'typescript']);
    }
    expect(withLanguage(withLanguage(apart, 'picks', 'go'), 'picks', 'typescript')).toEqual(apart);
  });

  it('is refused for a module that is not, and told what it is written in', () => {
    expect(topologyProblems(withLanguage(apart, 'cart', 'go'), application)).toEqual([
      'topology "apart", unit "cart": "cart" is not written in Go; allowed: TypeScript',
    ]);
  });

  it('shares its process with no other, and is told who could have one of its own', () => {
    const together = parseTopology('whole=all@python:front+picks+cart');
    expect(languageProblems(together, application)).toEqual([
      'topology "whole", unit "all": 3 modules share its process, which has one language; allowed in Python: a unit of one module (picks)',
    ]);
  });

  it('is a difference between two variants, wherever else their cuts lie', () => {
    const variantOf = (cut: string) =>
      ({ name: 'v', topology: parseTopology(cut), settings: { tunables: {} } }) as never;
    expect(languagesIn(parseTopology('a=x@go:picks|y:front+cart'))).toEqual({ picks: 'go' });
    const [plain, go, other] = ['a=x:picks|y:front+cart', 'a=x@go:picks|y:front+cart', 'b=z@go:picks|f:front|c:cart'];
    expect(settingDifferences(variantOf(plain), variantOf(go))).toEqual(['language']);
    expect(settingDifferences(variantOf(go), variantOf(other))).toEqual([]);
  });

  it('keeps what it has to itself, whatever the store', () => {
    const topology = withLanguage(apart, 'picks', 'go');
    expect(databasesOf({ topology, settings: { store: 'postgres' } })).toEqual([
      { name: 'database', units: ['front', 'cart'] },
    ]);
    expect(databasesOf({ topology, settings: { store: 'postgres-per-unit' } }).map(({ name }) => name)).toEqual([
      'database-front',
      'database-cart',
    ]);
  });
});
