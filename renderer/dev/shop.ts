import { applicationSchema, type Application, type ChangeKind } from '../../engine/model/index.ts';

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
const change = (kind: ChangeKind, title: string): object => ({ title, kind, patch: 'changes/one.patch' });
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
    recommendations: {
      ...module('Recommendations', 'What others bought', 'catalog'),
      ...onlyReads,
      languages: { go: 'modules/go', python: 'modules/python' },
    },
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
  changes: {
    'catalog-names-the-unknown': {
      ...change('fix', 'Who asks for a product that is not there is told so by the catalog'),
      check: { steps: [{ path: '/api/products/p-0', expect: { status: 404 } }] },
    },
    'empty-cart-says-what-to-do': change('fix', 'Who buys nothing is told to put something into the cart'),
    'cart-puts-two': change('changed-default', 'Who does not say how many puts two into the cart'),
    'prices-have-a-currency': change('additive-contract', 'Products say in what currency their prices are'),
    'products-have-no-category': change('breaking-contract', 'Products have no category any more'),
    'unit-price-expand': change('rename-expand', 'Prices get another name, beside the old one'),
    'unit-price-migrate': {
      ...change('rename-migrate', 'Who reads prices takes the new name'),
      after: 'unit-price-expand',
    },
    'orders-know-their-channel': change('schema-migration', 'Orders know where they were placed'),
    'recommendations-fail': change('bug-errors', 'Recommendations fail for every other product'),
    'inventory-waits-for-a-table': change('bug-unready', 'Inventory ends at its start'),
  },
});
