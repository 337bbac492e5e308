import { applicationSchema, type Application } from '../../engine/model/index.ts';

const uses = (...names: string[]): { module: string; callsPerRequest: number; need: 'required' | 'optional' }[] =>
  names.map((name) => ({
    module: name.replace('?', ''),
    callsPerRequest: 1,
    need: name.endsWith('?') ? 'optional' : 'required',
  }));
const module = (title: string, summary: string, ...names: string[]): object => ({
  title,
  summary,
  source: `modules/${title}.ts`,
  uses: uses(...names),
});
const onlyReads = { writes: false };
const step = (endpoint: string, path: string): object => ({ endpoint, path, expect: { status: [200], fields: [] } });

/** An application like a small web shop, for pages under development and for tests. */
export const shop: Application = applicationSchema.parse({
  version: 1,
  name: 'shop',
  title: 'Web shop',
  summary: 'A small shop: people browse, search, fill a cart and check out.',
  kit: '../kit/index.ts',
  entry: 'storefront',
  modules: {
    storefront: {
      ...module('Storefront', 'Pages and the public API', 'catalog', 'search', 'cart', 'recommendations?', 'orders'),
      ...onlyReads,
    },
    catalog: { ...module('Catalog', 'Products and prices'), ...onlyReads },
    search: { ...module('Search', 'Finds products', 'catalog'), ...onlyReads },
    recommendations: { ...module('Recommendations', 'What others bought', 'catalog'), ...onlyReads },
    cart: module('Cart', 'Carts of visitors', 'catalog'),
    orders: module('Orders', 'Check-out and order book', 'cart', 'payments', 'inventory', 'notifications?'),
    payments: { ...module('Payments', 'Takes the money'), keeps: ['payments'] },
    inventory: module('Inventory', 'Stock and reservations'),
    notifications: module('Notifications', 'Mail to customers'),
  },
  endpoints: {
    home: {
      title: 'Home',
      method: 'GET',
      route: '/',
      needs: { storefront: 'required', catalog: 'required', recommendations: 'optional' },
    },
    search: {
      title: 'Search',
      method: 'GET',
      route: '/api/search',
      needs: { storefront: 'required', search: 'required', catalog: 'required' },
    },
    product: {
      title: 'Product',
      method: 'GET',
      route: '/api/products/:id',
      needs: { storefront: 'required', catalog: 'required', recommendations: 'optional' },
    },
    cart: {
      title: 'Add to cart',
      method: 'POST',
      route: '/api/cart',
      needs: { storefront: 'required', cart: 'required', catalog: 'required' },
    },
    checkout: {
      title: 'Check out',
      method: 'POST',
      route: '/api/orders',
      needs: {
        storefront: 'required',
        orders: 'required',
        cart: 'required',
        payments: 'required',
        inventory: 'required',
        notifications: 'optional',
      },
    },
  },
  journeys: {
    browse: { title: 'Browse', weight: 6, steps: [step('home', '/'), step('product', '/api/products/1')] },
    find: {
      title: 'Search',
      weight: 3,
      steps: [step('search', '/api/search?q=a'), step('product', '/api/products/2')],
    },
    buy: {
      title: 'Buy',
      weight: 1,
      steps: [step('product', '/api/products/3'), step('cart', '/api/cart'), step('checkout', '/api/orders')],
    },
  },
  seed: { default: 7, sizes: { products: 1000 } },
  topologies: {
    monolith: {
      shop: [
        'storefront',
        'catalog',
        'search',
        'recommendations',
        'cart',
        'orders',
        'payments',
        'inventory',
        'notifications',
      ],
    },
    macroservices: {
      front: ['storefront', 'catalog', 'search', 'recommendations'],
      checkout: ['cart', 'orders', 'payments', 'inventory', 'notifications'],
    },
    microservices: Object.fromEntries(
      [
        'storefront',
        'catalog',
        'search',
        'recommendations',
        'cart',
        'orders',
        'payments',
        'inventory',
        'notifications',
      ].map((name) => [name, [name]]),
    ),
  },
});
