import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultLabel } from './fault-label.ts';
import { faultInWords, moduleTitle, withFaultsInWords } from './fault-words.ts';
import { faultKindSchema, faultParameters, type Fault, type FaultKind } from './fault.ts';

const someFault = (kind: FaultKind): Fault => {
  const takes = faultParameters[kind] ?? [];
  return {
    ...{ kind, module: 'gift-cards' },
    ...(takes.includes('delayMs') ? { delayMs: 200 } : {}),
    ...(takes.includes('share') ? { share: 0.5 } : {}),
    ...(takes.includes('peer') ? { peer: 'storefront' } : {}),
  };
};
const faults = faultKindSchema.options.map(someFault);

describe('a fault in words', () => {
  it('says what happens', () => {
    expect(faultInWords({ kind: 'hang', module: 'payments' })).toBe('Payments hangs');
    expect(faultInWords({ kind: 'slow', module: 'recommendations', delayMs: 200 })).toBe(
      'Recommendations answers 200 ms later',
    );
    expect(faultInWords({ kind: 'errors', module: 'cart', share: 0.25 })).toBe(
      'Cart answers 25 % of calls with errors',
    );
    expect(faultInWords({ kind: 'partition', module: 'cart', peer: 'orders' }, (name) => name.toUpperCase())).toBe(
      'ORDERS cannot reach CART',
    );
  });

  it('is different for different faults, and never a label', () => {
    const more = [...faults, { kind: 'slow' as const, module: 'gift-cards', delayMs: 500 }];
    expect(new Set(more.map((fault) => faultInWords(fault))).size).toBe(more.length);
    for (const fault of more) {
      const words = faultInWords(fault);
      expect(words).toMatch(/^[A-Z]/);
      expect(words).toContain('ift cards');
      expect(words).not.toContain(`${fault.kind}(`);
      expect(words).not.toMatch(/undefined|gift-cards/);
    }
  });

  it('is said within a sentence as one', () => {
    const said = withFaultsInWords(
      'The loss under hang(payments) is 3, and retry storm 3 x with slow(cart, +200 ms) too.',
    );
    expect(said).toBe('The loss when Payments hangs is 3, and retry storm 3 x while Cart answers 200 ms later too.');
    for (const fault of faults) expect(withFaultsInWords(`x under ${faultLabel(fault)}: y`)).not.toContain('(gift');
  });

  it('leaves all other text alone', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (!/[a-z]\(/.test(text)) expect(withFaultsInWords(text)).toBe(text);
      }),
    );
    expect(withFaultsInWords('hanging(payments), hang (payments) and crash()')).toBe(
      'hanging(payments), hang (payments) and crash()',
    );
  });

  it('titles a module', () => expect(moduleTitle('gift-cards')).toBe('Gift cards'));
});
