import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { ManifestError, parseApplication } from './manifest.ts';

/** A manifest of two modules; `change` may spoil it. */
function manifest(change: (parts: ReturnType<typeof sound>) => void = () => {}): string {
  const parts = sound();
  change(parts);
  return stringify(parts);
}

function sound() {
  const front: Record<string, unknown> = { title: 'Front', source: './front.ts', uses: [{ module: 'back' }] };
  const back: Record<string, unknown> = { title: 'Back', source: './back.ts', keeps: ['orders'] };
  return {
    version: 1,
    name: 'tiny',
    title: 'Tiny',
    kit: '../kit/index.ts',
    entry: 'front',
    modules: { front, back },
    endpoints: { order: { title: 'Order', method: 'POST', route: '/order', needs: { front: 'required' } } },
    journeys: {
      buy: {
        title: 'Buy',
        weight: 1,
        draw: { key: { kind: 'uuid' } },
        steps: [{ endpoint: 'order', path: '/order', expect: {}, ledger: { key: '${key}' } }],
      },
    },
    seed: { default: 1, sizes: {} },
    topologies: { monolith: { all: ['front', 'back'] } },
  };
}

test('a sound manifest is read, with its defaults', () => {
  const application = parseApplication(manifest(), 'tiny');
  expect(application.modules['back']).toMatchObject({ uses: [], keeps: ['orders'] });
  expect(application.modules['front']?.keeps).toEqual([]);
});

test.each<[string, (parts: ReturnType<typeof sound>) => void, RegExp]>([
  ['an unknown entry', (parts) => (parts.entry = 'side'), /field "entry": unknown module "side"; allowed: front, back/],
  [
    'a call of an unknown module',
    (parts) => (parts.modules.front['uses'] = [{ module: 'side' }]),
    /field "modules\.front\.uses": unknown module "side"/,
  ],
  [
    'a step to an unknown endpoint',
    (parts) => Object.assign(parts.journeys.buy.steps[0] ?? {}, { endpoint: 'pay' }),
    /field "journeys\.buy\.steps\.0\.endpoint": unknown endpoint "pay"; allowed: order/,
  ],
  ['a module in no unit', (parts) => (parts.topologies.monolith = { all: ['front'] }), /"back"/],
  [
    'a book that two modules keep',
    (parts) => (parts.modules.front['keeps'] = ['orders']),
    /field "modules\.back\.keeps": "orders" is kept by "front" already/,
  ],
  [
    'a ledger that no book can be held against',
    (parts) => (parts.modules.back['keeps'] = ['stock']),
    /field "journeys\.buy": a step has a "ledger", but no module keeps "orders"/,
  ],
  ['an unknown book', (parts) => (parts.modules.back['keeps'] = ['diary']), /field "modules\.back\.keeps\.0"/],
])('%s is refused in one sentence that names the field', (_what, change, expected) => {
  const read = () => parseApplication(manifest(change), 'tiny');
  expect(read).toThrow(ManifestError);
  expect(read).toThrow(expected);
});

test('what is no YAML is refused as such', () => {
  expect(() => parseApplication('modules: [', 'tiny')).toThrow(/application "tiny": the manifest is not YAML/);
});
