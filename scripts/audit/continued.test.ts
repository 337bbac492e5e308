import { describe, expect, it } from 'vitest';
import { runFake, unbroken } from '../../engine/experiment/testing/index.ts';
import type { Experiment, Result } from '../../engine/model/index.ts';
import { audit } from './audit.ts';
import { parseResult } from './result-file.ts';

const plan = [3, 5, 7].map((blocks, index) => ({ blocks, alphaSpent: [0.02, 0.035, 0.05][index] ?? 0 }));
const planned = (experiment: Experiment): Experiment => ({
  ...unbroken(experiment),
  ...{ blocks: 7, looks: plan, budgetMs: null, maxRepeats: 0 },
});

/** Cancelled after so many blocks, and gone on from there. */
async function continuedAfter(blocks: number): Promise<Result> {
  const { result: previous } = await runFake({
    experiment: planned,
    onEvent: (event, controller) => {
      if (event.type === 'findings' && event.blocks === blocks) controller.abort(new Error('enough'));
    },
  });
  if (previous === null) throw new Error('nothing was measured');
  const { result } = await runFake({ experiment: () => previous.experiment, continues: previous });
  if (result === null) throw new Error('it did not go on');
  return result;
}

const differences = (result: Result) => audit(parseResult(JSON.stringify(result), 'continued')).differ;

describe('a result that was continued', () => {
  it.each([2, 3, 4])('after %d blocks is audited to the last digit', async (blocks) => {
    expect(differences(await continuedAfter(blocks))).toEqual([]);
  });

  it('is found out where a look was left out, came twice, or spent what it may not', async () => {
    const result = await continuedAfter(4);
    const [first, between, ...rest] = result.looks;
    if (first === undefined || between === undefined || rest.length === 0) throw new Error('too few looks');
    for (const looks of [
      [between, ...rest],
      [first, first, between, ...rest],
      [first, { ...between, alphaSpent: between.alphaSpent + 0.001 }, ...rest],
    ])
      expect(differences({ ...result, looks }).join()).toMatch(/look/);
    expect(differences({ ...result, sittings: [] }).join()).toMatch(/planned, or where the run ended/);
  });
});
