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

function spoil(parts: ReturnType<typeof sound>, what: 'draw' | 'tunable' | 'step', by: object): void {
  if (what === 'draw') Object.assign(parts.journeys.buy.draw, { key: by });
  else if (what === 'tunable') Object.assign(parts, { tunables: { work: { title: 'Work', ...by } } });
  else Object.assign(parts.journeys.buy.steps[0] ?? {}, by);
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
  [
    'a draw from 5 to 1',
    (parts) => spoil(parts, 'draw', { kind: 'integer', min: 5, max: 1 }),
    /draw\.key\.max": must not be below "min"/,
  ],
  [
    'a draw that no request can carry',
    (parts) => spoil(parts, 'draw', { kind: 'choice', values: ['a\ud83d'] }),
    /well-formed Unicode/,
  ],
  [
    'a tunable with its ends the wrong way round',
    (parts) => spoil(parts, 'tunable', { default: 2, min: 3, max: 1 }),
    /field "tunables\.work\.max": must not be below "min"/,
  ],
  [
    'a default below its range',
    (parts) => spoil(parts, 'tunable', { default: 0, min: 1, max: 3 }),
    /field "tunables\.work\.default": must lie between/,
  ],
  [
    'a default above its range',
    (parts) => spoil(parts, 'tunable', { default: 4, min: 1, max: 3 }),
    /field "tunables\.work\.default": must lie between/,
  ],
  [
    'no journeys',
    (parts) => Object.assign(parts, { journeys: {} }),
    /field "journeys": must have at least one journey/,
  ],
  [
    'no topologies',
    (parts) => Object.assign(parts, { topologies: {} }),
    /field "topologies": must have at least one topology/,
  ],
  [
    'no endpoints',
    (parts) => Object.assign(parts, { endpoints: {}, journeys: {} }),
    /field "endpoints": must have at least one endpoint/,
  ],
  [
    'a path that would break the request',
    (parts) => spoil(parts, 'step', { path: '/a b' }),
    /path": must be visible ASCII/,
  ],
  [
    'a header that would be two',
    (parts) => spoil(parts, 'step', { headers: { 'x-a': 'b\r\nx-c: d' } }),
    /headers\.x-a": must be ASCII without line breaks/,
  ],
  [
    'an inherited name as entry',
    (parts) => (parts.entry = 'constructor'),
    /field "entry": unknown module "constructor"/,
  ],
  [
    'an inherited name as endpoint',
    (parts) => spoil(parts, 'step', { endpoint: 'constructor' }),
    /unknown endpoint "constructor"/,
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

test('a thing named __proto__ is refused wherever it stands, and not dropped', () => {
  const line = (indent: string) => `${indent}__proto__: {}\n`;
  const text = manifest();
  for (const [field, spoilt] of [
    ['__proto__', text + line('')],
    ['modules.__proto__', text.replace('modules:\n', `modules:\n${line('  ')}`)],
    ['topologies.__proto__', text.replace('topologies:\n', `topologies:\n${line('  ')}`)],
    ['modules.front.__proto__', text.replace('  front:\n', `  front:\n${line('    ')}`)],
  ] as const)
    expect(() => parseApplication(spoilt, 'tiny')).toThrow(`field "${field}": nothing can be named __proto__`);
});
