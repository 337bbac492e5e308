import { expect, inject, it } from 'vitest';
import { killAll } from '../../scripts/campaign/kill-all.ts';
import { phasesOf, tableOf } from '../../scripts/campaign/table.ts';

const kills = 200;
const seed = Number(process.env['CLEAVE_SEED'] ?? Math.floor(Math.random() * 2 ** 31));

it.skipIf(process.platform !== 'linux')(
  `leaves nothing and harms nobody when it is killed, ${kills} times, seed ${seed}`,
  { timeout: 2 * 3_600_000 },
  async () => {
    const dockerHost = inject('dockerHost');
    const outcomes = await killAll({ kills, seed, engine: dockerHost === '' ? null : dockerHost });
    console.log(`${tableOf(outcomes)}\n\nkilled while: ${phasesOf(outcomes)}; seed ${seed}`);
    expect(outcomes).toHaveLength(kills);
    expect(outcomes.filter(({ left, touched }) => left.length + touched.length > 0)).toEqual([]);
  },
);
