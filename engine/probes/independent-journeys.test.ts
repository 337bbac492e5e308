import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { applicationSchema, endpointWeights } from '../model/index.ts';
import { independentJourneys } from './independent-journeys.ts';

const manifest = new URL('../../sample-apps/shop/application.yaml', import.meta.url);
const shop = applicationSchema.parse(parse(readFileSync(manifest, 'utf8')));
const endpointsOf = (application: typeof shop) =>
  Object.values(independentJourneys(application).journeys).map(({ steps }) => steps.map(({ endpoint }) => endpoint));

describe('independentJourneys', () => {
  it('keep together only what builds on a cart or an order', () => {
    expect(endpointsOf(shop)).toEqual([
      ['home'],
      ['product'],
      ['recommendations'],
      ['search'],
      ['product'],
      ['cart-add', 'cart-view'],
      ['cart-add', 'cart-view', 'check-out', 'order-view'],
    ]);
  });

  it('ask every endpoint as often as the journeys did, and are journeys that an application may have', () => {
    const { journeys, perJourney } = independentJourneys(shop);
    const cut = applicationSchema.parse({ ...shop, journeys });
    const weights = endpointWeights(shop);
    for (const [name, weight] of Object.entries(endpointWeights(cut))) expect(weight).toBeCloseTo(weights[name]!, 12);
    // 50 x 3 + 25 x 2 single steps and 15 + 10 chains, where there were 100 journeys.
    expect(perJourney).toBeCloseTo(2.25, 12);
  });

  it('keep a step with the one that captured what it uses', () => {
    const journey = {
      ...shop.journeys['browse']!,
      steps: [
        { endpoint: 'home', path: '/api/home', capture: { first: 'featured.0.id' } },
        { endpoint: 'search', path: '/api/search?q=lamp' },
        { endpoint: 'product', path: '/api/products/${first}' },
      ].map((step) => ({ ...step, headers: {}, expect: { status: [200], fields: [] }, capture: step.capture ?? {} })),
    };
    expect(endpointsOf({ ...shop, journeys: { look: journey } })).toEqual([['search'], ['home', 'product']]);
  });
});
