// For tests only.

/** The part of a hosted topology that is needed here. */
interface Topology {
  url(module: string): string;
  control(module: string, method: string, path: string, body?: unknown): Promise<unknown>;
}

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface OrderAudit {
  readonly orders: {
    key: string;
    id: string;
    status: string;
    total: number;
    items: { productId: string; quantity: number }[];
  }[];
  readonly outbox: { pending: number };
}
export interface Books {
  readonly orders: OrderAudit;
  readonly payments: { captures: { key: string; orderKey: string; amount: number; status: string }[] };
  readonly inventory: {
    stock: { initial: number; available: number; reserved: number; sold: number };
    negative: number;
    orders: { orderKey: string; status: string; quantity: number }[];
  };
  readonly notifications: { sent: string[] };
}

/** Talks to a shop as a program does. */
export function shopClient(topology: Topology) {
  const request = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const response = await fetch(topology.url('storefront') + path, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  return {
    get: (path: string) => request('GET', path),
    add: (cart: string, productId: string, quantity = 1) =>
      request('POST', `/api/carts/${cart}/items`, { productId, quantity }),
    checkOut: (orderKey: string, cartId: string, card = '4242424242424242') =>
      request('POST', '/api/orders', {
        orderKey,
        cartId,
        card,
        customer: { name: 'Ada', email: 'ada@example.com', address: '1 Street' },
      }),
    /** Fills a new cart and buys it. */
    async buy(orderKey: string, card?: string): Promise<Answer> {
      await this.add(`cart-${orderKey}`, 'p-1', 2);
      return this.checkOut(orderKey, `cart-${orderKey}`, card);
    },
    /** The books after everything has settled. */
    async books(): Promise<Books> {
      await topology.control('orders', 'POST', '/quiesce');
      const audits = await Promise.all(
        ['orders', 'payments', 'inventory', 'notifications'].map((module) =>
          topology.control(module, 'GET', `/audit/${module}`),
        ),
      );
      const [orders, payments, inventory, notifications] = audits;
      return { orders, payments, inventory, notifications } as Books;
    },
    async withFault<T>(module: string, kind: string, parameters: unknown, work: () => Promise<T>): Promise<T> {
      const id = `${kind}-${module}`;
      await topology.control(module, 'POST', '/faults', { id, module, kind, parameters, limitMs: 60_000 });
      try {
        return await work();
      } finally {
        await topology.control(module, 'DELETE', `/faults/${id}`);
      }
    },
  };
}

/** What is wrong with the books, in words; empty when money, stock and messages add up to the confirmed orders. */
export function anomalies(books: Books): string[] {
  const confirmed = books.orders.orders.filter(({ status }) => status === 'confirmed');
  const captured = books.payments.captures.filter(({ status }) => status === 'captured');
  const { stock } = books.inventory;
  const found: string[] = [];
  const expect = (what: string, actual: unknown, wanted: unknown): void => {
    if (JSON.stringify(actual) !== JSON.stringify(wanted))
      found.push(`${what}: ${JSON.stringify(actual)} instead of ${JSON.stringify(wanted)}`);
  };
  const keys = confirmed.map(({ key }) => key).toSorted();
  expect('order keys', keys, [...new Set(keys)]);
  expect('captured for', captured.map(({ orderKey }) => orderKey).toSorted(), keys);
  expect(
    'money',
    captured.reduce((sum, { amount }) => sum + amount, 0),
    confirmed.reduce((sum, { total }) => sum + total, 0),
  );
  expect(
    'sold',
    stock.sold,
    confirmed.flatMap(({ items }) => items).reduce((sum, { quantity }) => sum + quantity, 0),
  );
  expect('reserved', stock.reserved, 0);
  expect('stock', stock.available + stock.reserved + stock.sold, stock.initial);
  expect('negative', books.inventory.negative, 0);
  expect('notified', books.notifications.sent.toSorted(), keys);
  expect(
    'pending',
    [books.orders.orders.filter(({ status }) => status === 'pending').length, books.orders.outbox.pending],
    [0, 0],
  );
  return found;
}
