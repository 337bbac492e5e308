import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { anomalies, shopClient } from '../testing/client.ts';
import { cuts, modules } from '../testing/index.ts';

let topology: HostedTopology;
let shop: ReturnType<typeof shopClient>;
beforeAll(async () => {
  topology = await hostTopology(modules, { cut: cuts.monolith });
  shop = shopClient(topology);
});
afterAll(() => topology.close());

async function post(path: string, fields: Record<string, string>, cookie?: string) {
  const response = await fetch(topology.url('storefront') + path, {
    method: 'POST',
    redirect: 'manual',
    headers: cookie === undefined ? {} : { cookie },
    body: new URLSearchParams(fields),
  });
  return { status: response.status, text: await response.text(), cookie: response.headers.get('set-cookie') };
}
const buyer = { name: 'Ada', email: 'ada@example.com', address: '1 Street', card: '4242424242424242' };

describe('a visitor without a cart', () => {
  it.each([undefined, 'other=1', 'cart=', 'cart=not a key'])(
    'buys nothing, least of all what others put somewhere (%s)',
    async (cookie) => {
      for (const cart of ['none', 'undefined', 'null']) await shop.add(cart, 'p-1');
      const answer = await post('/check-out', { ...buyer, orderKey: 'no-cart' }, cookie);
      expect(answer.status).toBe(409);
      expect(answer.text).toContain('Nothing was bought: the cart is empty.');
      expect((await shop.get('/api/orders/no-cart')).status).toBe(404);
      expect((await shop.get('/api/carts/none')).body['lines']).toHaveLength(1);
    },
  );
});

describe('a form', () => {
  it('takes a quantity of digits and no other way to write a number', async () => {
    const odd = fc.oneof(
      fc.constantFrom('0x10', '1e1', '', ' 5', '+5', '-1', '1.0', '0b11', 'Infinity', 'true', '٣', '0', '100', '007 '),
      fc.string(),
      fc.double().map(String),
    );
    let visitor = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(odd, fc.integer({ min: 1, max: 99 }).map(String)), async (quantity) => {
        const cart = `form-${visitor++}`;
        const good = /^\d{1,3}$/.test(quantity) && Number(quantity) >= 1 && Number(quantity) <= 99;
        const { status } = await post('/basket/items', { productId: 'p-1', quantity }, `cart=${cart}`);
        expect(status).toBe(good ? 303 : 400);
        const { lines } = (await shop.get(`/api/carts/${cart}`)).body as { lines: { quantity: number }[] };
        expect(lines.map((line) => line.quantity)).toEqual(good ? [Number(quantity)] : []);
      }),
    );
  });

  it('sent again with other contents does not show the order it was first sent for', async () => {
    await shop.add('mine', 'p-1');
    expect((await post('/check-out', { ...buyer, orderKey: 'sent-twice' }, 'cart=mine')).status).toBe(303);
    expect((await post('/check-out', { ...buyer, orderKey: 'sent-twice' }, 'cart=mine')).status).toBe(303);
    const other = await post('/check-out', { ...buyer, name: 'Bob', orderKey: 'sent-twice' }, 'cart=mine');
    expect([other.status, other.text.includes('used for another check-out')]).toEqual([422, true]);
    expect(anomalies(await shop.books())).toEqual([]);
  });
});

describe('a media type', () => {
  it.each([
    ['/basket/items', 'Application/X-WWW-Form-URLencoded', 'productId=p-1&quantity=2', 303],
    ['/basket/items', 'application/x-www-form-urlencodedx', 'productId=p-1&quantity=2', 400],
    ['/api/carts/typed/items', 'APPLICATION/JSON', '{"productId":"p-1"}', 200],
    ['/api/carts/typed/items', 'application/json ; charset=UTF-8', '{"productId":"p-1"}', 200],
    ['/api/carts/typed/items', 'application/jsonx', '{"productId":"p-1"}', 400],
    ['/api/carts/typed/items', 'application/x-www-form-urlencoded', 'productId=p-1', 400],
    ['/catalog/product', 'Application/Json', '{"id":"p-1"}', 200],
  ])('%s as %s is read as the standard has it', async (path, type, body, status) => {
    const response = await fetch(topology.url('storefront') + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': type },
      body,
    });
    expect(response.status).toBe(status);
  });
});
