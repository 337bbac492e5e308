import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeTable } from '../../engine/model/index.ts';

const REPOSITORY = path.resolve(import.meta.dirname, '../..');

/** Where every probe has a folder, and the one file there that knows of all of them. */
const TABLES = {
  'engine/model/probe': 'engine/model/probe/index.ts',
  'engine/probes': 'engine/probes/index.ts',
  'engine/evaluation': 'engine/evaluation/probes.ts',
  'report/section': 'report/section/index.ts',
  'renderer/experiments/probes': 'renderer/experiments/probes/index.ts',
  'scripts/audit': 'scripts/audit/probes.ts',
};

/** Presets say what they ask for. */
const GENERAL = 'engine/model/preset-general.ts';
const PRESETS = [GENERAL, 'engine/model/preset-published.ts'];

/** What people claim, and what a decision weighs, is measured by several probes each. */
const CLAIMS = 'engine/evaluation/claims/table.ts';
const WEIGHED = 'engine/model/decision-question.ts';

/** Probes whose names are words for little else, and the files beside the tables that have a reason to say them. */
const ELSEWHERE: Readonly<Record<string, readonly string[]>> = {
  storm: [CLAIMS],
  scaling: [
    CLAIMS,
    // What a scenario is for.
    'renderer/home/groups.ts',
  ],
  hops: [
    ...PRESETS,
    // Which operations a client uses, and how often, is seen there.
    'report/section/structure/data.ts',
  ],
  capacity: [
    WEIGHED,
    ...PRESETS,
    // The lines that it holds.
    'engine/runtime/log-lines.ts',
    // Families of findings, in a sentence.
    'report/section/method.tsx',
  ],
  consistency: [
    CLAIMS,
    WEIGHED,
    GENERAL,
    // How orders are kept consistent is a setting of every variant, and what the gate looks at.
    'engine/experiment/gate/facts.ts',
    'engine/experiment/gate/fairness.ts',
    'engine/model/experiment.ts',
    'engine/model/setting-differences.ts',
    'engine/model/variant.ts',
    'report/section/environment.tsx',
    'renderer/experiments/DifferencesSection.tsx',
    'renderer/experiments/variants/DataFields.tsx',
    'sample-apps/kit/configuration.ts',
    'sample-apps/shop/orders/strategies/choose.ts',
    'sample-apps/shop/storefront/logic.ts',
    'scripts/bench/consistency.ts',
    // The form of the ledger step that it reads.
    'engine/model/application.ts',
  ],
};

const sources = globSync('{cli,electron,engine,renderer,report,sample-apps,scripts}/**/*.{ts,tsx}', { cwd: REPOSITORY })
  .map((file) => file.replaceAll(path.sep, '/'))
  .filter((file) => !file.includes('test') && !file.includes('node_modules/'));

describe.each(Object.entries(ELSEWHERE))('the probe %s', (probe, elsewhere) => {
  it('is known to its folders and to one table a room', () => {
    const word = new RegExp(`\\b${probe}\\b`, 'i');
    const saying = sources.filter(
      (file) => !file.includes(`/${probe}/`) && word.test(readFileSync(path.join(REPOSITORY, file), 'utf8')),
    );
    expect(saying.toSorted()).toEqual([...Object.values(TABLES), ...elsewhere].toSorted());
  });

  it('has a folder in every room', () => {
    for (const room of Object.keys(TABLES))
      expect(
        sources.filter((file) => file.startsWith(`${room}/${probe}/`)),
        room,
      ).not.toEqual([]);
  });
});

it.each(Object.keys(probeTable))('%s has a description in a folder of its name', (probe) => {
  const folder = probe.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  expect(sources).toContain(`engine/model/probe/${folder}/description.ts`);
});
