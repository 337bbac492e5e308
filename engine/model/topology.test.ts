import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointWeights, type Application } from './application.ts';
import { nameSchema } from './name.ts';
import { own, prototypeNamePath } from './own.ts';
import { formatTopology, instanceProblems, namedTopology, parseTopology, topologySchema } from './topology.ts';

const inherited = ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'];
const name = fc.oneof(fc.constantFrom('constructor', 'a', 'a-1'), fc.stringMatching(/^[a-z][a-z0-9-]{0,39}$/));
const topology = fc.record({
  name,
  units: fc.array(
    fc.record(
      {
        name,
        modules: fc.array(name, { minLength: 1, maxLength: 4 }),
        instances: fc.integer({ min: 1, max: 64 }),
        language: fc.constantFrom('go' as const, 'python' as const),
      },
      { requiredKeys: ['name', 'modules'] },
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  ),
});

describe('a cut written on the command line', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(topology, (cut) => {
        expect(parseTopology(formatTopology(cut))).toEqual(cut);
      }),
    );
  });

  it('is read whole or refused: nothing of it is dropped', () => {
    const piece = fc.constantFrom(
      'front',
      'cart',
      '=',
      ':',
      '+',
      '|',
      '9',
      'a=',
      'front:cart',
      '*',
      '3',
      '07',
      '@',
      'go',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const text = pieces.join('');
        let cut: ReturnType<typeof parseTopology>;
        try {
          cut = parseTopology(text);
        } catch (error) {
          expect((error as Error).message).toContain('a cut is written name=unit:module+module|unit:module');
          return;
        }
        expect(formatTopology(cut)).toBe(text);
        expect(topologySchema.safeParse(cut).success).toBe(true);
      }),
      { numRuns: 2000, examples: [[['a=', 'front:cart', ':', '9']], [['a=', 'front']]] },
    );
  });
});

it('whose instances are written elsewhere, or are too many, is told how they are written', () => {
  for (const text of ['x=front:front*2', 'x=front*65:front', 'x=front*0:front', 'x*2=front:front'])
    expect(() => parseTopology(text)).toThrow('with unit*2:module for two instances of a unit');
  expect(() => parseTopology('x=front*65:front')).toThrow('unit "front" may have 1 to 64 instances');
});

it('says in which language a unit is, where that is not the one that all have', () => {
  expect(parseTopology('x=front*2@go:front|back@typescript:back')).toEqual({
    name: 'x',
    units: [
      { name: 'front', modules: ['front'], instances: 2, language: 'go' },
      { name: 'back', modules: ['back'] },
    ],
  });
  expect(() => parseTopology('x=front@rust:front')).toThrow(
    'topology "x=front@rust:front": unit "front" cannot be in "rust"; allowed: typescript, go, python',
  );
  expect(() => parseTopology('x=front@:front')).toThrow('unit "front" cannot be in ""');
});

it('may have several instances of what only reads, and of what writes where the store can be shared', () => {
  const application = { modules: { shelf: { writes: false }, till: {} } } as unknown as Application;
  const cut = parseTopology('x=shelf*2:shelf|till*3:till');
  expect(instanceProblems(cut, 'sqlite', application)).toEqual([
    'topology "x", unit "till": 3 instances cannot share the store that till writes to; allowed with store "sqlite": 1, or several of a unit whose modules only read; several of any unit with store "postgres" or "postgres-per-unit"',
  ]);
  for (const store of ['postgres', 'postgres-per-unit'])
    expect(instanceProblems(cut, store, application), store).toEqual([]);
});

describe('a name that every object has', () => {
  const application = {
    topologies: { monolith: { all: ['front'] } },
    journeys: {
      browse: { weight: 3, steps: [{ endpoint: 'home' }, { endpoint: 'constructor' }] },
      buy: { weight: 1, steps: [{ endpoint: 'constructor' }, { endpoint: 'order' }] },
    },
  } as unknown as Application;

  it.each(inherited)('%s is no topology', (one) => {
    expect(namedTopology(application, one)).toBeUndefined();
    expect(namedTopology({ ...application, topologies: { constructor: { all: ['front'] } } }, one)?.units.length).toBe(
      one === 'constructor' ? 1 : undefined,
    );
  });

  it('is an endpoint like any other', () => {
    expect(endpointWeights(application)).toEqual({ home: 0.375, constructor: 0.5, order: 0.125 });
    expect(nameSchema.safeParse('constructor').success).toBe(true);
  });

  it('is found only where it was put', () => {
    const value = fc.oneof(fc.integer(), fc.constant(undefined));
    fc.assert(
      fc.property(
        fc.dictionary(fc.oneof(fc.constantFrom(...inherited), name), value),
        fc.constantFrom(...inherited),
        (record, one) => {
          expect(own(record, one)).toBe(new Map(Object.entries(record)).get(one));
        },
      ),
    );
    expect(own(undefined, 'toString')).toBeUndefined();
  });

  it('is told by its path when it is the one that schemas drop', () => {
    expect(prototypeNamePath(JSON.parse('{"a":[{"b":{"__proto__":1}}]}'))).toBe('a.0.b.__proto__');
    expect(prototypeNamePath({ a: [{ constructor: 1 }], b: null })).toBeUndefined();
  });
});
