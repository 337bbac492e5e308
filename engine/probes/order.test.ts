import { expect, it } from 'vitest';
import { probeDescriptions } from '../model/index.ts';
import { probeRuns } from './index.ts';

it('a round measures first what breaks nothing, then what does, then what comes after that', () => {
  const stages = { calm: 0, breaks: 1, afterwards: 2 };
  const breaking = new Map<string, keyof typeof stages>(
    probeDescriptions.map(([key, probe]) => [key, probe.breaking ?? 'calm']),
  );
  const inTurn = Object.keys(probeRuns).map((key) => stages[breaking.get(key) ?? 'calm']);
  expect(inTurn).toEqual(inTurn.toSorted((a, b) => a - b));
  expect(new Set(inTurn)).toEqual(new Set([0, 1, 2]));
});
