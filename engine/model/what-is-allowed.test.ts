import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { makeResult, shop } from '../../report/testing/index.ts';
import { applicationSchema, drawSchema, experimentSchema, firstIssue, resultSchema } from './index.ts';

function sentence(schema: z.ZodType, value: unknown): string {
  const parsed = schema.safeParse(value);
  if (parsed.success) throw new Error('nothing is wrong with it');
  return firstIssue(parsed.error);
}

const { experiment, application } = makeResult();
const [variant] = experiment.variants;
const { isolation } = experiment.probes;
const withModule = (change: object): object => ({
  ...shop,
  modules: { ...shop.modules, payments: { ...shop.modules['payments'], ...change } },
});

describe('a key that something does not have', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    [
      'language',
      applicationSchema,
      withModule({ languages: { rust: 'x' } }),
      'unknown key "rust"; allowed: go, python',
    ],
    ['module', applicationSchema, withModule({ needz: {} }), 'unknown key "needz"; allowed: '],
    [
      'variant',
      experimentSchema,
      { ...experiment, variants: [{ ...variant, size: 1 }] },
      'allowed: name, title, topology, settings',
    ],
    [
      'setting',
      experimentSchema,
      { ...experiment, variants: [{ ...variant, settings: { ...variant?.settings, stor: 'sqlite' } }] },
      'field "variants.0.settings": unknown key "stor"; allowed: resilience, consistency, outbox, store, tunables',
    ],
    [
      'probe',
      experimentSchema,
      { ...experiment, probes: { ...experiment.probes, speed: {} } },
      'unknown key "speed"; allowed: latency, ',
    ],
    [
      'fault',
      experimentSchema,
      {
        ...experiment,
        probes: {
          ...experiment.probes,
          isolation: { ...isolation, faults: [{ kind: 'hang', module: 'payments', delay: 1 }] },
        },
      },
      'unknown key "delay"; allowed: kind, module, instances, peer, delayMs, jitter, share',
    ],
    ['experiment', experimentSchema, { ...experiment, rounds: 3 }, 'the file: unknown key "rounds"; allowed: schema, '],
    [
      'result',
      resultSchema,
      { ...makeResult(), more: 1 },
      'the file: unknown key "more"; allowed: schema, version, rules',
    ],
  ])('is named with those that it has: %s', (_name, schema, value, words) => {
    expect(sentence(schema, value)).toContain(words);
  });

  it('is one of several, and is not shown without end', () => {
    const value = { ...application, ['x'.repeat(1000)]: 1, y: 2 };
    expect(sentence(applicationSchema, value)).toMatch(/unknown key "x{60}…" and 1 more; allowed: version, name, /);
  });
});

it('a kind that there is none of is told with those that there are', () => {
  expect(sentence(drawSchema, { kind: 'dice' })).toMatch(/expected one of "/);
});

it.each<[string, z.ZodType, unknown, RegExp]>([
  [
    'a name',
    applicationSchema,
    { ...application, topologies: { 'Bad Name': {} } },
    /field "topologies\.Bad Name": must be 1 to 40 lower-case letters/,
  ],
  [
    'a value of several kinds',
    drawSchema,
    { kind: 'choice', values: [{}] },
    /^field "values\.0": expected string or number$/,
  ],
])('says what is allowed instead of %s that is wrong', (_name, schema, value, words) => {
  expect(sentence(schema, value)).toMatch(words);
});
