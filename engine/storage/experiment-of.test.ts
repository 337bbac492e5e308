import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeResult } from '../../report/testing/index.ts';
import { formatResult, readExperimentOf } from './index.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-experiment-of-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const result = makeResult({ blocks: 1, requests: 50, faults: [], everything: false });

function written(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

it('reads an experiment, and the one that a result is of', async () => {
  const own = written('experiment.json', JSON.stringify(result.experiment));
  expect(await readExperimentOf(own)).toEqual(result.experiment);
  expect(await readExperimentOf(written('result.json', formatResult(result)))).toEqual(result.experiment);
});

it('says of a damaged result what is damaged, and of anything else what an experiment lacks', async () => {
  const damaged = formatResult(result).replace(/"seed":\d+/, '"seed":1');
  await expect(readExperimentOf(written('damaged.json', damaged))).rejects.toThrow(/damaged\.json is damaged: field/);
  await expect(readExperimentOf(written('other.json', '{"name": 3}'))).rejects.toThrow(
    /other\.json .*experiment.*field/,
  );
});
