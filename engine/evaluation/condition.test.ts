import { expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import type { Round } from '../model/index.ts';
import { conditionOf, isImpossible } from './condition.ts';

const { rounds, application } = makeResult({ blocks: 1, requests: 30, faults: [], everything: false });
const [round] = rounds;
if (round?.latency == null) throw new Error('the round measured nothing');
const { latency } = round;
const late = { latency: { ...latency, generator: { ...latency.generator, valid: false, reasons: ['late'] } } };
const impossible = { durationMs: -7_200_000 };
const changed = { changed: ['changed while it was measured'] };

it.each<[string, Partial<Round>, boolean]>([
  ['a late generator', late, false],
  ['times that cannot be', impossible, true],
  ['times that cannot be and a late generator', { ...impossible, ...late }, true],
  ['a changed unit', changed, true],
  ['a changed unit and a late generator', { ...changed, ...late }, true],
  ['a changed unit and no load', { ...changed, latency: null }, true],
])('an invalid round with %s is believed in a part or in none', (_, change, expected) => {
  const made: Round = { ...round, status: 'invalid', ...change };
  expect(isImpossible(made)).toBe(expected);
  expect(conditionOf(made, 'deployment', application) === 'invalid').toBe(expected);
});
