import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { loadApplication } from '../../engine/deploy/index.ts';
import { estimateFrom, presetOf } from '../../engine/model/index.ts';
import { formatEstimate } from '../../report/index.ts';

const root = path.join(import.meta.dirname, '../..');

it.each(['smoke', 'quick', 'standard'])(
  'how long %s takes reads the same in the README, in the help of the command line and on its card',
  async (name) => {
    const shop = await loadApplication(path.join(root, 'sample-apps'), 'shop');
    const nothingKnown = { cpus: 2, memoryBytes: 2 ** 34, runtime: null };
    const words = formatEstimate(estimateFrom(presetOf(name).build(shop), [], nothingKnown)).replaceAll('\u00a0', ' ');
    for (const file of ['README.md', 'cli/commands/compare.ts'])
      expect(readFileSync(path.join(root, file), 'utf8')).toMatch(new RegExp(`${name}\`? \\(${words}\\)`));
  },
);
