import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { contractInWords } from '../../cli/commands/contract-in-words.ts';
import {
  checkContract,
  ContractError,
  loadSuite,
  type CheckLimits,
  type ContractSuite,
} from '../../engine/contracts/index.ts';
import { loadApplication } from '../../engine/deploy/index.ts';
import { hostTopology, type HostedTopology } from '../../sample-apps/kit/testing/index.ts';
import { cuts, moduleNames, modules } from '../../sample-apps/shop/testing/index.ts';
import { changingProxy, type ChangingProxy, type PassingAnswer } from '../support/changing-proxy.ts';
import { testLaboratory } from '../support/laboratory.ts';

const laboratory = testLaboratory();
afterAll(() => laboratory.remove());
const shop = await loadApplication(laboratory.applicationsDirectory, 'shop');
const offering = moduleNames.filter((module) => module !== 'storefront');

/** What the shop says of each module, found once. */
const suites = new Map<string, ContractSuite>();
async function suiteOf(module: string): Promise<ContractSuite> {
  const suite = suites.get(module) ?? (await loadSuite(laboratory, shop, module));
  suites.set(module, suite);
  return suite;
}

describe.each(['monolith', 'microservices'] as const)('the shop as %s', (cut) => {
  let topology: HostedTopology;
  beforeAll(async () => {
    topology = await hostTopology(modules, { cut: cuts[cut] });
  });
  afterAll(() => topology.close());

  it.each(offering)('has a %s that is as its contract says, also when it is asked once more', async (module) => {
    const { contract, examples } = await suiteOf(module);
    const others = new Map(offering.map((other) => [other, new URL(topology.url(other))]));
    for (let time = 0; time < 2; time++) {
      const result = await checkContract({ contract, examples, url: new URL(topology.url(module)), others });
      expect(result).toMatchObject({ module, differences: [], notAsked: [] });
      expect(result.operations).toBe(Object.keys(modules[module]?.contract.operations ?? {}).length);
    }
  });
});

describe('an implementation that is wrong', () => {
  let topology: HostedTopology;
  let proxy: ChangingProxy;
  beforeAll(async () => {
    topology = await hostTopology(modules, { cut: cuts.monolith });
  });
  afterAll(() => topology.close());
  afterEach(() => proxy.close());

  async function check(module: string, limits: Partial<CheckLimits> = {}, signal?: AbortSignal) {
    return checkContract({ ...(await suiteOf(module)), url: proxy.url, limits, ...(signal && { signal }) });
  }

  type Edit = (body: Record<string, unknown>) => void;
  let times = 0;
  /** Changes good answers only. */
  const edited = (edit: Edit) => (answer: PassingAnswer) => {
    if (answer.status !== 200) return answer;
    const body = JSON.parse(answer.body) as Record<string, unknown>;
    edit(body);
    return { ...answer, body: JSON.stringify(body) };
  };
  const inProducts = (edit: Edit) => edited(({ products }) => (products as Record<string, unknown>[]).forEach(edit));
  const refused = (answer: PassingAnswer, change: Partial<PassingAnswer>) =>
    answer.status === 200 ? answer : { ...answer, ...change };

  it.each<[what: string, operation: string, change: (answer: PassingAnswer) => PassingAnswer, said: RegExp]>([
    [
      'a field is gone',
      'catalog.product',
      edited((body) => delete body['priceCents']),
      /field "priceCents": expected a whole number from 0 to 1000000000, came nothing/,
    ],
    [
      'a field has another name',
      'catalog.search',
      inProducts((product) => {
        product['title'] = product['name'];
        delete product['name'];
      }),
      /field "products.0.name": expected a text, came nothing \(".*, and \d+ more like it/,
    ],
    [
      'a field has another type',
      'catalog.featured',
      inProducts((product) => (product['priceCents'] = '995')),
      /field "products.0.priceCents": expected a whole number .*, came "995"/,
    ],
    [
      'a field is null',
      'catalog.products',
      inProducts((product) => (product['description'] = null)),
      /field "products.0.description": expected a text, came null/,
    ],
    [
      'a field is out of range',
      'cart.get',
      edited((body) => (body['totalCents'] = -1)),
      /field "totalCents": expected a whole number from 0 to 1000000000, came -1/,
    ],
    [
      'a record has another name',
      'inventory.availability',
      edited((body) => (body['available'] = { lamp: 1 })),
      /field "available.lamp": expected a name that is a text like .*, came "lamp"/,
    ],
    [
      'a field is no choice',
      'payments.authorise',
      edited((body) => (body['status'] = 'pending')),
      /field "status": expected "authorised" or "captured", came "pending"/,
    ],
    [
      'a field that is certain has another value',
      'cart.add',
      edited((body) => (body['quantity'] = 5)),
      /field "quantity": expected \d, came 5/,
    ],
    [
      'a list is another each time',
      'recommendations.recommend',
      edited((body) => ((body['productIds'] as string[])[0] = `p-${++times}`)),
      /field "productIds.0": expected "p-\d+" as before, came "p-\d+"/,
    ],
    [
      'the answer is a list',
      'notifications.deliver',
      (answer) => (answer.status === 200 ? { ...answer, body: '[]' } : answer),
      /body: expected an object, came \[\]/,
    ],
    [
      'the first answer is not given again',
      'orders.checkOut',
      edited((body) => (body['id'] = crypto.randomUUID())),
      /field "id": expected ".*" as before, came ".*" \("Buys what is in the cart, once, asked again"\)/,
    ],
    [
      'a field of what is bought is gone',
      'orders.checkOut',
      edited((body) => delete body['id']),
      /field "id": expected a text, came nothing/,
    ],
    [
      'the status is another',
      'payments.void',
      (answer) => ({ ...answer, status: answer.status === 200 ? 201 : answer.status }),
      /status: expected 200, came 201/,
    ],
    [
      'the status of a refusal is another',
      'inventory.commit',
      (answer) => refused(answer, { status: 500 }),
      /status: expected 4\d\d, came 500 \((conflict|bad-input): .*\)/,
    ],
    [
      'the media type is another',
      'payments.capture',
      (answer) => ({ ...answer, type: 'text/html' }),
      /content-type: expected application\/json, came "text\/html"/,
    ],
    [
      'the body is no JSON',
      'inventory.release',
      (answer) => (answer.status === 200 ? { ...answer, body: '<p>done' } : answer),
      /body: expected JSON in UTF-8, came "<p>done"/,
    ],
    [
      'the body is empty',
      'inventory.take',
      (answer) => (answer.status === 200 ? { ...answer, body: '' } : answer),
      /body: expected JSON in UTF-8, came nothing/,
    ],
    [
      'a refusal has no code',
      'orders.order',
      (answer) => refused(answer, { body: '{"error":{"message":"no","retryable":false}}' }),
      /field "error.code": expected a text of at least 1 characters, came nothing/,
    ],
    [
      'a refusal has another code',
      'cart.claim',
      (answer) => refused(answer, { body: '{"error":{"code":"gone","message":"no","retryable":false}}' }),
      /field "error.code": expected "conflict", came "gone"/,
    ],
    [
      'a refusal does not say whether to try again',
      'cart.remove',
      (answer) => refused(answer, { body: '{"error":{"code":"bad-input","message":"no"}}' }),
      /field "error.retryable": expected true or false, came nothing/,
    ],
  ])('%s: it is said of %s, and of no other', async (_what, operation, change, said) => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.change(`/${operation.replace('.', '/')}`, change);
    const result = await check(operation.split('.')[0]!);
    const lines = contractInWords(result).split('\n');
    expect(new Set(result.differences.map((difference) => difference.operation))).toEqual(new Set([operation]));
    expect(new Set(result.differences.map(({ place }) => place)).size).toBe(1);
    const differing = lines.filter((line) => line.startsWith(`${operation}: `));
    expect(differing.length).toBeGreaterThan(0);
    for (const line of differing) expect(line).toMatch(said);
    expect(lines.at(-1)).toMatch(/differs from its contract in \d+ places?: /);
  });

  it('may say more than the contract does', async () => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.change(
      '/catalog/product',
      edited((body) => (body['currency'] = 'EUR')),
    );
    expect((await check('catalog')).differences).toEqual([]);
  });

  it('is said all that is wrong, not only the first', async () => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.change(
      '/catalog/product',
      edited((body) => {
        delete body['id'];
        body['name'] = 5;
      }),
    );
    const fields = (await check('catalog')).differences.map(({ operation, field }) => `${operation}: ${field}`);
    expect(new Set(fields)).toEqual(new Set(['catalog.product: id', 'catalog.product: name']));
  });

  it('does not know an operation: what builds on it is not asked, and said', async () => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.change('/orders/checkOut', (answer) => ({ ...answer, status: 404 }));
    const { differences, notAsked } = await check('orders');
    expect(new Set(differences.map(({ operation, place }) => `${operation} ${place}`))).toEqual(
      new Set(['orders.checkOut status']),
    );
    expect(notAsked).toEqual([
      { example: 'The order that was placed', because: 'it goes on with ${order}, which no answer gave' },
    ]);
  });

  it.each<[what: string, answer: Parameters<ChangingProxy['answer']>[1], came: string]>([
    ['hangs', () => undefined, 'nothing whole within 1.5 s'],
    [
      'hangs half-way',
      (response) => response.writeHead(200, { 'content-length': 9 }).write('{'),
      'nothing whole within 1.5 s',
    ],
    [
      'breaks off',
      (response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
      'the end of the connection before the end of the answer',
    ],
    [
      'resets',
      (response) => response.socket?.resetAndDestroy(),
      'the end of the connection before the end of the answer',
    ],
    [
      'writes without end',
      (response) => response.writeHead(200).end('x'.repeat(70_000)),
      'one of more than 65536 bytes',
    ],
    ['is no HTTP', (response) => response.socket?.end('hello\r\n\r\n'), 'something that is not HTTP'],
  ])('of which one operation %s is asked the others', async (_what, answer, came) => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.answer(/^\/catalog\/featured$/, answer);
    const { differences, notAsked } = await check('catalog', { requestMs: 1500, answerBytes: 65_536 });
    expect(differences).toEqual([
      {
        ...{ operation: 'catalog.featured', place: 'answer', expected: 'a whole answer', came },
        request: 'a body that is not JSON',
      },
    ]);
    expect(new Set(notAsked.map(({ because }) => because))).toEqual(new Set(['featured gave no whole answer before']));
  });

  it.each<[what: string, answer: Parameters<ChangingProxy['answer']>[1], came: RegExp]>([
    ['hangs', () => undefined, /nothing whole within 1.5 s/],
    [
      'breaks off',
      (response) => response.writeHead(200, { 'content-length': 9 }).write('{', () => response.destroy()),
      /the end of the connection/,
    ],
    [
      'sends on',
      (response) => response.writeHead(307, { location: 'http://127.0.0.2/' }).end(),
      /307: it sends on to another address, which is not followed/,
    ],
    ['is no HTTP', (response) => response.socket?.end('hello\r\n\r\n'), /something that is not HTTP/],
  ])('that %s altogether is refused in one sentence', async (_what, answer, came) => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.answer(/./, answer);
    const refusal: unknown = await check('catalog', { requestMs: 1500 }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ContractError);
    expect((refusal as Error).message).toMatch(/^expected an answer from http:\/\/127\.0\.0\.1:\d+\/, came [^\n]+$/);
    expect((refusal as Error).message).toMatch(came);
  });

  it('that is not there is refused in one sentence', async () => {
    proxy = await changingProxy('http://127.0.0.1:9');
    await proxy.close();
    const gone = proxy;
    proxy = { ...gone, close: () => Promise.resolve() };
    await expect(check('catalog')).rejects.toThrow(
      /^expected an answer from .*, came no connection, since nobody listens there$/,
    );
  });

  it('that is slow all the time has a limit for all of it', async () => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.answer(/featured/, () => undefined);
    await expect(check('catalog', { totalMs: 300 })).rejects.toThrow(
      /did not answer everything within 0\.3 s, which is the limit for all requests together$/,
    );
  });

  it('without the modules that make ready is refused in one sentence', async () => {
    proxy = await changingProxy(topology.url('catalog'));
    proxy.change('/cart/add', (answer) => ({ ...answer, status: 503 }));
    await expect(check('orders')).rejects.toThrow(
      /^"A filled cart" asks cart\.add at http:.* to make ready, and came: 503; say where cart answers with --with cart=URL$/,
    );
  });

  it('is left when nobody wants to know any more', async () => {
    proxy = await changingProxy(topology.url('catalog'));
    const cancelling = new AbortController();
    const reason = new Error('enough');
    proxy.answer(/featured/, () => cancelling.abort(reason));
    await expect(check('catalog', {}, cancelling.signal)).rejects.toBe(reason);
  });
});

it('a contract is described without running a unit: what a unit publishes of the module, and nothing of its routes', async () => {
  const topology = await hostTopology(modules, { cut: cuts.microservices });
  onTestFinished(() => topology.close());
  for (const module of offering) {
    const { contract } = await suiteOf(module);
    const published = (await (await fetch(`${topology.url(module)}/openapi.json`)).json()) as { info: unknown };
    expect(contract.document).toEqual({ ...published, info: { title: `shop: ${module}`, version: '1' } });
  }
});

it('bytes of all kinds are no answer', async () => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).end(Buffer.from([0, 255, 13, 10, 72]));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as { port: number }).port}`);
  await expect(checkContract({ ...(await suiteOf('catalog')), url })).rejects.toThrow(
    /^expected an answer from .*, came something that is not HTTP$/,
  );
});
