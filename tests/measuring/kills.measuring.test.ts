import { expect, inject, it } from 'vitest';
import { killAll } from '../../scripts/campaign/kill-all.ts';

const kills = 20;
const seed = Number(process.env['CLEAVE_SEED'] ?? 20_261_126);

it.skipIf(process.platform !== 'linux')(
  `leaves nothing and harms nobody when it is killed, ${kills} times, seed ${seed}`,
  { timeout: 900_000 },
  async () => {
    const dockerHost = inject('dockerHost');
    const outcomes = await killAll({ kills, seed, engine: dockerHost === '' ? null : dockerHost });
    expect(outcomes).toHaveLength(kills);
    expect(outcomes.filter(({ left, touched }) => left.length + touched.length > 0)).toEqual([]);
  },
);
