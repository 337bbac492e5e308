import { applicationSchema, type Application } from '../../engine/model/index.ts';

const required = 'required' as const;
const optional = 'optional' as const;

/** A small shop of eight modules, like the one that comes with Cleave. */
export const shop: Application = applicationSchema.parse({
  version: 1,
  name: 'shop',
  title: 'The shop',
  summary: 'A small shop: browse, search, put into the cart, check out.',
  kit: '../kit/index.ts',
  entry: 'storefront',
  modules: {
    storefront: {
      title: 'Storefront',
      source: 'storefront/index.ts',
      uses: [
        { module: 'catalog' },
        { module: 'recommendations', need: optional },
        { module: 'cart' },
        { module: 'orders' },
      ],
    },
    catalog: { title: 'Catalog', source: 'catalog/index.ts' },
    recommendations: {
      ...{ title: 'Recommendations', source: 'recommendations/index.ts' },
      languages: { go: 'recommendations/go', python: 'recommendations/python' },
      uses: [{ module: 'catalog' }],
    },
    cart: { title: 'Cart', source: 'cart/index.ts', uses: [{ module: 'catalog' }] },
    inventory: { title: 'Inventory', source: 'inventory/index.ts' },
    payments: { title: 'Payments', source: 'payments/index.ts' },
    orders: {
      title: 'Orders',
      source: 'orders/index.ts',
      uses: [
        { module: 'cart' },
        { module: 'inventory' },
        { module: 'payments' },
        { module: 'notifications', need: optional },
      ],
    },
    notifications: { title: 'Notifications', source: 'notifications/index.ts' },
  },
  endpoints: {
    home: {
      title: 'Home page',
      method: 'GET',
      route: '/',
      needs: { storefront: required, catalog: required, recommendations: optional },
    },
    search: {
      title: 'Search',
      method: 'GET',
      route: '/api/products',
      needs: { storefront: required, catalog: required },
    },
    product: {
      title: 'Product page',
      method: 'GET',
      route: '/api/products/:id',
      needs: { storefront: required, catalog: required, recommendations: optional },
    },
    suggest: {
      title: 'Suggestions',
      method: 'GET',
      route: '/api/recommendations/:id',
      needs: { storefront: required, recommendations: required, catalog: required },
    },
    'cart-add': {
      title: 'Put into the cart',
      method: 'POST',
      route: '/api/cart/items',
      needs: { storefront: required, cart: required, catalog: required },
    },
    'cart-view': {
      title: 'Look at the cart',
      method: 'GET',
      route: '/api/cart',
      needs: { storefront: required, cart: required },
    },
    checkout: {
      title: 'Check out',
      method: 'POST',
      route: '/api/orders',
      needs: {
        storefront: required,
        orders: required,
        cart: required,
        inventory: required,
        payments: required,
        notifications: optional,
      },
      simulatedMs: 6,
    },
    'order-status': {
      title: 'Order status',
      method: 'GET',
      route: '/api/orders/:id',
      needs: { storefront: required, orders: required },
    },
  },
  journeys: {
    browse: {
      title: 'Browse',
      weight: 6,
      steps: [
        { endpoint: 'home', path: '/', expect: {} },
        { endpoint: 'search', path: '/api/products?q=lamp', expect: {} },
        { endpoint: 'product', path: '/api/products/7', expect: {} },
        { endpoint: 'suggest', path: '/api/recommendations/7', expect: {} },
      ],
    },
    buy: {
      title: 'Buy',
      weight: 2,
      draw: { orderKey: { kind: 'uuid' } },
      steps: [
        { endpoint: 'product', path: '/api/products/7', expect: {} },
        { endpoint: 'cart-add', path: '/api/cart/items', body: { product: 7 }, expect: {} },
        { endpoint: 'cart-view', path: '/api/cart', expect: {} },
        {
          endpoint: 'checkout',
          path: '/api/orders',
          body: { key: '${orderKey}' },
          expect: { status: [201] },
          ledger: { key: '${orderKey}' },
        },
        { endpoint: 'order-status', path: '/api/orders/1', expect: {} },
      ],
    },
  },
  seed: { default: 7, sizes: { products: 1000 } },
  invariants: {
    stock: { title: 'Stock is conserved', kind: 'stock-conserved' },
    money: { title: 'Money is conserved', kind: 'money-conserved' },
  },
  topologies: {
    monolith: {
      shop: ['storefront', 'catalog', 'recommendations', 'cart', 'inventory', 'payments', 'orders', 'notifications'],
    },
    microservices: {
      storefront: ['storefront'],
      catalog: ['catalog'],
      recommendations: ['recommendations'],
      cart: ['cart'],
      inventory: ['inventory'],
      payments: ['payments'],
      orders: ['orders'],
      notifications: ['notifications'],
    },
    macroservices: {
      front: ['storefront', 'cart'],
      goods: ['catalog', 'recommendations', 'inventory'],
      sales: ['orders', 'payments', 'notifications'],
    },
  },
});
