import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManifestError, parseApplication } from './manifest.ts';
import { manifest, type sound, spoil } from './testing/small-manifest.ts';

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
  [
    'a book kept twice by one module',
    (parts) => (parts.modules.back['keeps'] = ['orders', 'orders']),
    /field "modules\.back\.keeps": "orders" is there twice; allowed: once/,
  ],
  [
    'a module that uses itself',
    (parts) => (parts.modules.back['uses'] = [{ module: 'back' }]),
    /field "modules\.back\.uses": a module cannot use itself/,
  ],
  [
    'a module that uses another twice',
    (parts) => (parts.modules.front['uses'] = [{ module: 'back' }, { module: 'back', need: 'optional' }]),
    /field "modules\.front\.uses": "back" is there twice; allowed: once/,
  ],
  [
    'a simulated time by an unknown tunable',
    (parts) => Object.assign(parts.endpoints.order, { simulatedMs: 'wrok' }),
    /field "endpoints\.order\.simulatedMs": unknown tunable "wrok"; allowed: a number of ms/,
  ],
  [
    'a simulated time by an inherited name',
    (parts) => Object.assign(parts.endpoints.order, { simulatedMs: 'constructor' }),
    /field "endpoints\.order\.simulatedMs": unknown tunable "constructor"/,
  ],
  [
    'a simulated time below nothing',
    (parts) => {
      spoil(parts, 'tunable', { default: 1, min: -1, max: 1 });
      Object.assign(parts.endpoints.order, { simulatedMs: 'work' });
    },
    /field "endpoints\.order\.simulatedMs": the tunable "work" may be below 0/,
  ],
  [
    'a simulated time without end',
    (parts) => {
      spoil(parts, 'tunable', { default: 1, min: 0, max: 1e300 });
      Object.assign(parts.endpoints.order, { simulatedMs: 'work' });
    },
    /field "endpoints\.order\.simulatedMs": the tunable "work" may be above 60000 ms/,
  ],
  [
    'an endpoint that needs nothing',
    (parts) => Object.assign(parts.endpoints.order, { needs: {} }),
    /field "endpoints\.order\.needs": must say that the entry is needed.*"front: required"/,
  ],
  [
    'an endpoint that does without the entry',
    (parts) => Object.assign(parts.endpoints.order, { needs: { front: 'optional' } }),
    /field "endpoints\.order\.needs": must say that the entry is needed/,
  ],
  [
    'an endpoint that needs what nobody uses',
    (parts) => {
      parts.modules.front['uses'] = [];
      Object.assign(parts.endpoints.order, { needs: { front: 'required', back: 'required' } });
    },
    /field "endpoints\.order\.needs": "back" takes part in nothing/,
  ],
  [
    'a seed size that nothing holds',
    (parts) => Object.assign(parts.seed, { sizes: { products: 1e15 } }),
    /field "seed\.sizes\.products": the size 1000000000000000 is out of range; allowed: 1 to 10000000/,
  ],
  [
    'a seed size by an inherited name',
    (parts) => Object.assign(parts.seed, { sizes: { constructor: 5 } }),
    /field "seed\.sizes\.constructor": must be 1 to 60 letters.*no name that every object has/,
  ],
  [
    'a seed size without a name',
    (parts) => Object.assign(parts.seed, { sizes: { '': 5 } }),
    /field "seed\.sizes\.": must be 1 to 60 letters/,
  ],
  [
    'an invariant whose book nobody keeps',
    (parts) => Object.assign(parts, { invariants: { stock: { title: 'Stock', kind: 'stock-conserved' } } }),
    /field "invariants\.stock": "stock-conserved" is read from a book that no module keeps; add "keeps: \[stock\]"/,
  ],
  [
    'the same invariant twice',
    (parts) => {
      parts.modules.back['keeps'] = ['orders', 'stock'];
      const invariant = { title: 'Stock', kind: 'stock-conserved' };
      Object.assign(parts, { invariants: { one: invariant, two: invariant } });
    },
    /field "invariants\.two\.kind": "stock-conserved" is there twice/,
  ],
  [
    'a module twice in a unit',
    (parts) => (parts.topologies.monolith = { all: ['front', 'back', 'front'] }),
    /field "topologies\.monolith": .*unit "all": module "front" is there twice/,
  ],
  [
    'a variable that cannot be named',
    (parts) => Object.assign(parts.journeys.buy.draw, { 'a}b': { kind: 'uuid' } }),
    /field "journeys\.buy\.draw\.a\}b": must be 1 to 60 letters/,
  ],
  [
    'a draw wider than there are numbers',
    (parts) => spoil(parts, 'draw', { kind: 'integer', min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }),
    /field "journeys\.buy\.draw\.key": must span at most 2\^53 integers/,
  ],
  ['a fragment in a path', (parts) => spoil(parts, 'step', { path: '/a#b' }), /steps\.0\.path": must have no fragment/],
  [
    'half an escape in a path',
    (parts) => spoil(parts, 'step', { path: '/a%2' }),
    /steps\.0\.path": must have two hexa/,
  ],
  [
    'the same header in two cases',
    (parts) => spoil(parts, 'step', { headers: { 'X-A': '1', 'x-a': '2' } }),
    /steps\.0\.headers\.x-a": "x-a" is there twice/,
  ],
  [
    'a body with GET',
    (parts) => {
      Object.assign(parts.endpoints.order, { method: 'GET' });
      spoil(parts, 'step', { body: {} });
    },
    /steps\.0\.body": a GET request has no body/,
  ],
  [
    'a variable in the name of a field',
    (parts) => spoil(parts, 'step', { body: { '${key}': 1 } }),
    /steps\.0\.body": has "\$\{\}" in the name of a field/,
  ],
  [
    'a body nested too deep to be read back',
    (parts) => spoil(parts, 'step', { body: JSON.parse('['.repeat(33) + ']'.repeat(33)) as object }),
    /steps\.0\.body": is nested deeper than 32 levels/,
  ],
  [
    'a ledger of one attempt',
    (parts) => spoil(parts, 'step', { ledger: { key: 'order' } }),
    /steps\.0\.ledger\.key": must hold a variable.*allowed: key/,
  ],
  ...[100, 101, 103, 199].map((status): [string, (parts: ReturnType<typeof sound>) => void, RegExp] => [
    `an expected ${status}`,
    (parts) => spoil(parts, 'step', { expect: { status: [200, status] } }),
    new RegExp(`steps\\.0\\.expect\\.status\\.1": ${status} never ends a request; allowed: .*200 to 599`),
  ]),
  [
    'a status twice',
    (parts) => spoil(parts, 'step', { expect: { status: [200, 200] } }),
    /expect\.status\.1": "200" is there twice/,
  ],
  ...[204, 205, 304].map((status): [string, (parts: ReturnType<typeof sound>) => void, RegExp] => [
    `something expected in a ${status}`,
    (parts) => spoil(parts, 'step', { expect: { status: [200, status], fields: ['id'] } }),
    new RegExp(`expect\\.status": ${status} has no body`),
  ]),
  [
    'a field twice',
    (parts) => spoil(parts, 'step', { expect: { fields: ['id', 'id'] } }),
    /expect\.fields\.1": "id" is there twice/,
  ],
  [
    'a field without a name',
    (parts) => spoil(parts, 'step', { expect: { fields: [''] } }),
    /expect\.fields\.0": must be the name of a field/,
  ],
  [
    'half a character in a text',
    (parts) => spoil(parts, 'step', { expect: { text: 'a\ud83d' } }),
    /expect\.text": must be well-formed Unicode/,
  ],
  ['a text of nothing', (parts) => spoil(parts, 'step', { expect: { text: '' } }), /expect\.text": must not be empty/],
  ...['', '.', 'a.', '.a', 'a..b'].map((source): [string, (parts: ReturnType<typeof sound>) => void, RegExp] => [
    `the path "${source}" captured`,
    (parts) => spoil(parts, 'step', { capture: { id: source } }),
    /steps\.0\.capture\.id": must be a dotted path/,
  ]),
  [
    'a capture that cannot be named',
    (parts) => spoil(parts, 'step', { capture: { '': 'id' } }),
    /steps\.0\.capture\.": must be 1 to 60 letters/,
  ],
  [
    'a summary that turns the writing around',
    (parts) => Object.assign(parts, { summary: 'a\u202eb' }),
    /field "summary": must be plain text/,
  ],
  [
    'a route that acts on a terminal',
    (parts) => Object.assign(parts.endpoints.order, { route: '/\u009b31m' }),
    /field "endpoints\.order\.route": must be plain text/,
  ],
])('%s is refused in one sentence that names the field', (_what, change, expected) => {
  const read = () => parseApplication(manifest(change), 'tiny');
  expect(read).toThrow(ManifestError);
  expect(read).toThrow(expected);
});

test.each([
  ...['Host', 'content-length', 'Content-Length', 'transfer-encoding', 'Connection', 'keep-alive', 'proxy-connection'],
  ...['TE', 'trailer', 'upgrade', 'http2-settings', 'expect', 'proxy-authorization', 'accept-encoding', 'traceparent'],
])("the header %s is not a step's to write", (header) => {
  expect(() =>
    parseApplication(
      manifest((parts) => spoil(parts, 'step', { headers: { [header]: '1' } })),
      'tiny',
    ),
  ).toThrow(`field "journeys.buy.steps.0.headers.${header}": belongs to the connection or to the load generator`);
});

test('a variable that nothing has set is refused wherever it stands, and so is one that does not end', () => {
  const places: [field: string, put: (text: string) => object][] = [
    ['path', (text) => ({ path: `/${text}` })],
    ['headers.x-a', (text) => ({ headers: { 'x-a': text } })],
    ['body', (text) => ({ body: { deep: [{ a: `b ${text}` }] } })],
    ['ledger.key', (text) => ({ ledger: { key: text } })],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...places),
      fc.oneof(fc.constantFrom('constructor', 'toString', '', 'Key', 'id'), fc.stringMatching(/^[a-z]{1,8}$/)),
      fc.boolean(),
      ([field, put], name, ends) => {
        fc.pre(name !== 'key');
        const text = `\${${name}${ends ? '}' : ''}`;
        const read = () =>
          parseApplication(
            manifest((parts) => spoil(parts, 'step', put(text))),
            'tiny',
          );
        expect(read).toThrow(
          ends
            ? `field "journeys.buy.steps.0.${field}": unknown variable "${text}"; allowed: key`
            : `field "journeys.buy.steps.0.${field}": has "\${" without its "}"`,
        );
      },
    ),
  );
});

test('what a step captures is known to the steps after it, and not before', () => {
  const capturing = { endpoint: 'order', path: '/order', expect: {}, capture: { id: 'order.id' } };
  const using = { endpoint: 'order', path: '/order/${id}', expect: {} };
  const steps = (...all: object[]) => manifest((parts) => Object.assign(parts.journeys.buy, { steps: all }));
  expect(parseApplication(steps(capturing, using), 'tiny').journeys['buy']?.steps).toHaveLength(2);
  expect(() => parseApplication(steps(using, capturing), 'tiny')).toThrow('unknown variable "${id}"; allowed: key');
});

test('a change edits modules in languages that they are written in', () => {
  const changing = (languages: object) =>
    manifest((parts) =>
      Object.assign(parts, { changes: { better: { title: 'Better', kind: 'fix', patch: 'x.patch', languages } } }),
    );
  expect(() => parseApplication(changing({ nobody: ['go'] }), 'tiny')).toThrow(
    /field "changes\.better\.languages\.nobody": unknown module "nobody"/,
  );
  const [module = ''] = Object.keys(parseApplication(manifest(), 'tiny').modules);
  expect(() => parseApplication(changing({ [module]: ['go'] }), 'tiny')).toThrow(
    `field "changes.better.languages.${module}": "${module}" is not written in Go; allowed: none`,
  );
});
