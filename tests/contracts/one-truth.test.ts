import { describe } from 'vitest';
import { computeFindings } from '../../engine/evaluation/index.ts';
import type { LoadMeasurement, Result, Round } from '../../engine/model/index.ts';
import {
  cancelledResult,
  diagnosedResult,
  makeResult,
  smokeResult,
  stormResult,
  swappedResult,
} from '../../report/testing/index.ts';
import { oneTruth } from '../support/one-truth.ts';

const results: [string, () => Result][] = [
  ['smoke', smokeResult],
  ['quick, with every probe and an invalid round', () => spoilt(makeResult({ requests: 900 }))],
  ['a baseline twice', () => makeResult({ requests: 600, replica: true, blocks: 2, everything: false })],
  ['retry storm', stormResult],
  ['searches for causes', diagnosedResult],
  ['a module in three languages', () => swappedResult({ other: [3] })],
  ['cancelled', cancelledResult],
];

/** The second block's round of the second variant was the generator's doing: tables must leave out what findings leave out. */
function spoilt(result: Result): Result {
  const rounds = result.rounds.map((round): Round =>
    round.block === 1 && round.variant === 'microservices'
      ? {
          ...round,
          status: 'invalid',
          latency: round.latency && { ...round.latency, endpoints: slowly(round.latency) },
        }
      : round,
  );
  return { ...result, rounds, findings: computeFindings({ ...result, rounds }) };
}

/** Every endpoint with the times of the one that takes longest. */
function slowly({ endpoints }: LoadMeasurement): LoadMeasurement['endpoints'] {
  const slowest = endpoints['checkout'];
  return Object.fromEntries(Object.entries(endpoints).map(([name, one]) => [name, slowest ?? one]));
}

describe.each(results)('every number of %s', (_, make) => oneTruth(make));
