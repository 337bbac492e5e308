import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkContract, parseExamples, readContract } from '../../../engine/contracts/testing/index.ts';
import { hostTopology, type HostedTopology } from '../../kit/testing/index.ts';
import { shopClient } from '../testing/client.ts';
import { cuts, moduleNames, modules } from '../testing/index.ts';

type Schema = Parameters<typeof z.fromJSONSchema>[0];
type Content = Record<string, { schema: Schema }>;
interface Answers {
  content?: Content;
  headers?: Record<string, { required: boolean }>;
}
interface Operation {
  operationId?: string;
  requestBody?: { content: Content };
  parameters?: { name: string; in: string; required: boolean }[];
  responses: Record<string, Answers>;
}

const customer = { name: 'Ada', email: 'ada@example.com', address: '1 Street' };
const card = '4242424242424242';
const examplesOf = (module: string) =>
  parseExamples(readFileSync(new URL(`../${module}/examples.yaml`, import.meta.url), 'utf8'), module);
const spelt = (type: string) => [type, `${type.toUpperCase()}; charset=utf-8`];

/** For every route: requests that are answered well, while `p-1` is in the cart `cart-1` and `order-1` is bought, and some that are refused. */
type Asked = { url?: string; body?: unknown; cookie?: string };
const requests: Record<string, { well: Asked[]; refused: Asked[] }> = {
  'get /': { well: [{}], refused: [] },
  'get /search': {
    well: [{ url: '/search?q=oak' }, { url: '/search' }],
    refused: [{ url: `/search?q=${'x'.repeat(101)}` }],
  },
  'get /products/{id}': {
    well: [{ url: '/products/p-1' }],
    refused: [{ url: '/products/p-9999' }, { url: '/products/x' }],
  },
  'get /cart': { well: [{}, { cookie: 'cart=cart-1' }], refused: [] },
  'post /basket/items': {
    well: [{ body: { productId: 'p-1', quantity: '1' } }],
    refused: [{ body: { productId: 'p-1', quantity: '0x10' } }],
  },
  'post /basket/remove': { well: [{ body: { productId: 'p-1' } }], refused: [{ body: { productId: 'x' } }] },
  'get /check-out': { well: [{}, { cookie: 'cart=cart-1' }], refused: [] },
  'post /check-out': {
    well: [{ body: { orderKey: 'FRESH', card, ...customer }, cookie: 'cart=cart-1' }],
    refused: [{ body: { orderKey: 'page-2', card, ...customer } }, { body: { orderKey: 'page-2' } }],
  },
  'get /orders/{key}': { well: [{ url: '/orders/order-1' }], refused: [{ url: '/orders/nobody' }] },
  'get /api/home': { well: [{}], refused: [] },
  'get /api/search': { well: [{ url: '/api/search?q=oak' }], refused: [{ url: `/api/search?q=${'x'.repeat(101)}` }] },
  'get /api/products/{id}': { well: [{ url: '/api/products/p-1' }], refused: [{ url: '/api/products/p-9999' }] },
  'get /api/products/{id}/recommendations': {
    well: [{ url: '/api/products/p-1/recommendations' }],
    refused: [{ url: '/api/products/x/recommendations' }],
  },
  'get /api/carts/{id}': { well: [{ url: '/api/carts/cart-1' }], refused: [{ url: '/api/carts/a%20b' }] },
  'post /api/carts/{id}/items': {
    well: [{ url: '/api/carts/cart-1/items', body: { productId: 'p-1' } }],
    refused: [{ url: '/api/carts/cart-1/items', body: { productId: 'p-1', quantity: 0 } }],
  },
  'post /api/orders': {
    well: [{ body: { orderKey: 'FRESH', cartId: 'cart-1', customer, card } }],
    refused: [{ body: { orderKey: 'order-3', cartId: 'empty', customer, card } }],
  },
  'get /api/orders/{key}': { well: [{ url: '/api/orders/order-1' }], refused: [{ url: '/api/orders/nobody' }] },
};

it.each(moduleNames.filter((module) => module !== 'storefront'))(
  '%s shows of every operation how it refuses',
  (module) => {
    const refused = examplesOf(module).filter(({ expect }) => expect.status !== 200);
    const operations = Object.keys(modules[module]?.contract.operations ?? {});
    expect(new Set(refused.map(({ operation }) => operation))).toEqual(new Set(operations));
  },
);

describe.each(['monolith', 'macroservices', 'microservices'] as const)('%s: what the documents say', (name) => {
  let topology: HostedTopology;
  let fresher = 0;
  beforeAll(async () => {
    topology = await hostTopology(modules, { cut: cuts[name] });
    const shop = shopClient(topology);
    await shop.add('cart-1', 'p-1');
    await shop.checkOut('order-1', 'cart-1');
  });
  afterAll(() => topology.close());

  async function send(unit: string, method: string, path: string, type: string, { url, body, cookie }: Asked) {
    const text = type.toLowerCase().startsWith('application/json')
      ? JSON.stringify(body)
      : new URLSearchParams(body as Record<string, string>).toString();
    const fresh = `fresh-${fresher++}`;
    return fetch(unit + (url ?? path), {
      method,
      redirect: 'manual',
      headers: { ...(body === undefined ? {} : { 'content-type': type }), ...(cookie === undefined ? {} : { cookie }) },
      ...(body === undefined ? {} : { body: text.replace('FRESH', fresh) }),
    });
  }

  async function expectAsSaid(response: Response, said: Answers): Promise<void> {
    for (const [header, { required }] of Object.entries(said.headers ?? {}))
      if (required) expect(response.headers.has(header)).toBe(true);
    const type = response.headers.get('content-type')?.split(';')[0];
    const text = await response.text();
    if (said.content === undefined) {
      expect(text).toBe('');
      return;
    }
    expect(Object.keys(said.content)).toContain(type);
    const { schema } = said.content[type!]!;
    const value: unknown = type === 'application/json' ? JSON.parse(text) : text;
    expect(z.fromJSONSchema(schema).safeParse(value).error).toBeUndefined();
  }

  it.each(Object.entries(cuts[name]))(
    'of %s is what it does: status, headers, media type and body',
    async (_unit, inside) => {
      const unit = topology.url(inside[0]!);
      const document = (await (await fetch(`${unit}/openapi.json`)).json()) as {
        paths: Record<string, Record<string, Operation>>;
      };
      for (const [path, methods] of Object.entries(document.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
          const { requestBody, responses } = operation;
          const { default: error, ...success } = responses;
          const cases = requests[`${method} ${path}`];
          if (requestBody !== undefined)
            await expectAsSaid(
              await send(unit, method, path, 'text/plain', { url: cases?.well[0]?.url, body: {} }),
              error!,
            );
          // Operations of contracts have examples, below.
          if (operation.operationId !== undefined) continue;
          if (cases === undefined) throw new Error(`no request for ${method} ${path}`);
          for (const type of Object.keys(requestBody?.content ?? { '': {} })) {
            for (const asked of cases.well) {
              // In any case, too: names of media types have none.
              for (const spelling of spelt(type)) {
                await shopClient(topology).add('cart-1', 'p-1');
                const response = await send(unit, method, path, spelling, asked);
                expect([`${method} ${path}`, Object.keys(success)]).toEqual([
                  `${method} ${path}`,
                  [`${response.status}`],
                ]);
                await expectAsSaid(response, success[response.status]!);
              }
            }
            for (const asked of cases.refused) {
              const response = await send(unit, method, path, type, asked);
              expect([`${method} ${path}`, response.status]).toEqual([
                `${method} ${path}`,
                expect.toSatisfy((status: number) => status >= 400 && status < 500),
              ]);
              await expectAsSaid(response, error!);
            }
          }
        }
      }
      for (const module of inside.filter((module) => module !== 'storefront')) {
        const contract = readContract(module, document);
        const others = new Map(moduleNames.map((other) => [other, new URL(topology.url(other))]));
        for (const mediaType of spelt('application/json')) {
          const examples = examplesOf(module);
          const result = await checkContract({ contract, examples, url: new URL(unit), others, mediaType });
          expect(result).toMatchObject({ differences: [], notAsked: [] });
        }
      }
    },
  );

  it('of errors that come before a handler holds too', async () => {
    const unit = topology.url('storefront');
    for (const [path, type] of [
      ['/basket/items', 'text/html'],
      ['/api/orders', 'application/json'],
    ] as const) {
      const refused = await fetch(unit + path, { method: 'POST', headers: { 'idempotency-key': 'not a key' } });
      expect([refused.status, refused.headers.get('content-type')?.split(';')[0]]).toEqual([400, type]);
    }
  });
});
