import { describe, expect, it } from 'vitest';
import { namedTopology, topologyProblems, withLanguage } from '../../engine/model/index.ts';
import { shop } from '../dev/shop.ts';
import { comparisonOf } from '../experiments/new-experiment.ts';
import { cutInLanguage, markOf, moduleSwapped, otherLanguages, swappableModules, whyNoOther } from './languages.ts';

const micro = namedTopology(shop, 'microservices')!;
const monolith = namedTopology(shop, 'monolith')!;
const known = [monolith, micro];
const module = 'recommendations';

describe('the language of a module', () => {
  it('can be chosen where the module has several and is alone in its unit, else what it would take is said', () => {
    expect(swappableModules(shop)).toEqual([module]);
    expect(whyNoOther(micro, module)).toBeNull();
    expect(whyNoOther(monolith, module)).toMatch(
      /^8 other modules share its process, which has one language: TypeScript\. Give it a unit of its own/,
    );
  });

  it('is marked where it could be another, and told where it is another', () => {
    const go = withLanguage(micro, module, 'go');
    expect([markOf(go, shop, module), markOf(micro, shop, module), markOf(go, shop, 'cart')]).toEqual([
      'go',
      'typescript',
      null,
    ]);
    expect(otherLanguages(go, shop)).toEqual(['Recommendations in Go']);
    expect(otherLanguages(micro, shop)).toEqual([]);
  });

  it('tells which module is swapped between cuts', () => {
    const go = withLanguage(micro, module, 'go');
    expect([moduleSwapped(shop, [monolith, micro]), moduleSwapped(shop, [monolith, go])]).toEqual([undefined, module]);
    const experiment = comparisonOf(shop, [micro, { ...go, name: 'go' }]);
    expect(experiment?.declaredDifferences).toEqual(['language']);
    expect(experiment?.probes.answers).toEqual({ module, questions: 1000 });
    expect(comparisonOf(shop, [monolith, micro])?.probes.answers ?? null).toBeNull();
  });

  it('names the cut after what it was made of, and back after what it is', () => {
    const python = cutInLanguage(micro, { module, language: 'python', known });
    expect(python.name).toBe('microservices-python');
    expect(topologyProblems(python, shop)).toEqual([]);
    const go = cutInLanguage(python, { module, language: 'go', known });
    expect(go.name).toBe('microservices-go');
    expect(cutInLanguage(go, { module, language: 'typescript', known })).toBe(micro);
    const saved = { ...go, name: 'mine' };
    expect(cutInLanguage(micro, { module, language: 'go', known: [...known, saved] })).toBe(saved);
    const drawn = { ...micro, name: 'x'.repeat(40), units: micro.units.toReversed() };
    expect(cutInLanguage(drawn, { module, language: 'go', known }).name).toBe(`${'x'.repeat(37)}-go`);
  });
});
