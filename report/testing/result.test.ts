import { expect, test } from 'vitest';
import { faultsSeen } from '../../engine/evaluation/index.ts';
import { resultSchema } from '../../engine/model/index.ts';
import { cancelledResult, makeResult, quickResult, smokeResult, standardResult, stormResult } from './index.ts';
import { makeAnew } from './result.ts';

test.each([
  ['quick', quickResult],
  ['standard', standardResult],
  ['smoke', smokeResult],
  ['cancelled', cancelledResult],
])('the %s result is valid', (_, make) => {
  expect(resultSchema.safeParse(make()).error).toBeUndefined();
});

test('the same options give the same result, and others another', () => {
  const options = { blocks: 1, requests: 50 };
  expect(makeAnew(options)).toEqual(makeAnew(options));
  expect(makeResult(options)).toEqual(makeAnew(options));
  expect(makeResult({ ...options, seed: 8 })).not.toEqual(makeResult(options));
});

test('what somebody does to a result is not done to the next one', () => {
  for (const make of [smokeResult, stormResult]) {
    const spoilt = make();
    spoilt.rounds.splice(0);
    spoilt.application.endpoints = {};
    expect(make().rounds).not.toEqual([]);
    expect(make().application.endpoints).not.toEqual({});
  }
});

test('the standard result has what is hard to show', () => {
  const result = standardResult();
  const isolation = result.rounds.flatMap((round) => round.isolation);
  expect(isolation.some((fault) => fault.status === 'cannot-happen')).toBe(true);
  const outcomes = result.rounds.flatMap((round) =>
    faultsSeen(round, result.application).flatMap(({ outcome }) => outcome ?? []),
  );
  expect(outcomes.some((one) => one.recoverMs === null && one.recoverCensoredAtMs !== null)).toBe(true);
  expect(new Set(result.rounds.map((round) => round.status))).toEqual(new Set(['completed', 'failed', 'disturbed']));
  expect(result.rounds.some((round) => round.replica)).toBe(true);
  expect(new Set(result.findings.map((finding) => finding.verdict)).size).toBeGreaterThan(2);
});
