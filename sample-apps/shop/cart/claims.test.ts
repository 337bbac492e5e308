import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeStores, hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { cuts, modules } from '../testing/index.ts';

type Lines = { productId: string; quantity: number }[];
/** A cart as one would draw it on paper: every pile of one product lies there for nobody or for one key. */
class PaperCart {
  piles: { product: string; owner: string; quantity: number }[] = [];
  readonly ended = new Map<string, 'held' | 'released' | 'taken'>();

  of(owner?: string): Record<string, number> {
    const sums: Record<string, number> = {};
    for (const pile of this.piles)
      if (owner === undefined || pile.owner === owner) sums[pile.product] = (sums[pile.product] ?? 0) + pile.quantity;
    return sums;
  }
  add(product: string, quantity: number): boolean {
    if ((this.of()[product] ?? 0) + quantity > 99) return false;
    this.piles.push({ product, owner: '', quantity });
    return true;
  }
  remove(product: string): void {
    this.piles = this.piles.filter((pile) => pile.product !== product);
  }
  claim(key: string): boolean {
    const status = this.ended.get(key);
    if (status !== undefined) return status !== 'released';
    if (this.piles.every(({ owner }) => owner !== '')) return false;
    this.ended.set(key, 'held');
    this.piles = this.piles.map((pile) => (pile.owner === '' ? { ...pile, owner: key } : pile));
    return true;
  }
  takeOut(key: string): void {
    this.ended.set(key, 'taken');
    this.piles = this.piles.filter(({ owner }) => owner !== key);
  }
  release(key: string): void {
    this.ended.set(key, 'released');
    this.piles = this.piles.map((pile) => (pile.owner === key ? { ...pile, owner: '' } : pile));
  }
}

describeStores((store) => {
  let topology: HostedTopology;
  beforeAll(async () => {
    topology = await hostTopology(modules, { cut: cuts.monolith, database: await store.database() });
  });
  afterAll(() => topology.close());

  async function ask(operation: string, body: object): Promise<{ status: number; lines: Record<string, number> }> {
    const response = await fetch(`${topology.url('cart')}/cart/${operation}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const { lines = [] } = (await response.json()) as { lines?: Lines };
    return {
      status: response.status,
      lines: Object.fromEntries(lines.map(({ productId, quantity }) => [productId, quantity])),
    };
  }

  it('a cart is what it is on paper, whatever is added, taken out, claimed, bought and given up, in any order and again', async () => {
    const product = fc.constantFrom('p-1', 'p-2', 'p-3');
    const key = fc.constantFrom('a', 'b', 'c');
    const step = fc.oneof(
      fc.record({ do: fc.constant('add' as const), product, quantity: fc.integer({ min: 1, max: 99 }) }),
      fc.record({ do: fc.constant('remove' as const), product }),
      fc.record({ do: fc.constantFrom('claim' as const, 'takeOut' as const, 'release' as const), key }),
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
        const cartId = `paper-${round++}`;
        const keyOf = (one: string): string => `${cartId}#${one}`;
        const paper = new PaperCart();
        for (const one of steps) {
          switch (one.do) {
            case 'add': {
              const { status } = await ask('add', { cartId, productId: one.product, quantity: one.quantity });
              expect(status).toBe(paper.add(one.product, one.quantity) ? 200 : 409);
              break;
            }
            case 'remove':
              expect((await ask('remove', { cartId, productId: one.product })).status).toBe(200);
              paper.remove(one.product);
              break;
            case 'claim': {
              const { status, lines } = await ask('claim', { cartId, key: keyOf(one.key) });
              const claimed = paper.claim(one.key);
              expect([status, lines]).toEqual(claimed ? [200, paper.of(one.key)] : [409, {}]);
              break;
            }
            case 'takeOut':
            case 'release':
              expect((await ask(one.do, { cartId, key: keyOf(one.key) })).status).toBe(200);
              paper[one.do](one.key);
          }
          expect((await ask('get', { cartId })).lines).toEqual(paper.of());
        }
      }),
      { numRuns: 150 },
    );
  });
});
