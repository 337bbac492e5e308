import { createRandom, looksUpTo, type Random } from '../../engine/model/index.ts';
import { judgeFamily, type Comparison } from '../../engine/statistics/index.ts';

/** What an audit saw on a shared machine, on the logarithm of the median: the machine's speed, deployments, and what is left of a window of 2 s. */
const noise = { speed: 0.27 * Math.SQRT1_2, forgetsAfterSeconds: 20, deployment: 0.05, window: 0.07 };
const margin = 0.05;
const worlds = 2000;

function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** The machine's speed through time: it forgets what it was (Ornstein and Uhlenbeck). */
function machine(random: Random): (seconds: number) => number {
  let speed = noise.speed * normal(random);
  return (seconds) => {
    const kept = Math.exp(-seconds / noise.forgetsAfterSeconds);
    speed = kept * speed + Math.sqrt(1 - kept * kept) * noise.speed * normal(random);
    return speed;
  };
}

/** The logarithms of the medians of both sides of a block. */
type Block = (random: Random, later: (seconds: number) => number) => [baseline: number, variant: number];

/** Both in one piece of 8 s, a whole round of 45 s apart. */
const apart: Block = (random, later) => {
  const piece = () => {
    const windows = [0, 1, 2, 3].map(() => later(2) + noise.window * normal(random));
    later(37);
    return noise.deployment * normal(random) + windows.reduce((sum, one) => sum + one, 0) / 4;
  };
  return [piece(), piece()];
};

/** AB BA and so on: each side loaded in windows of so many seconds, 0.8 s of a turn being lost to what comes before one. */
const inTurn =
  ({ windows, seconds }: { windows: number; seconds: number }): Block =>
  (random, later) => {
    later(40);
    const sums = [noise.deployment * normal(random), noise.deployment * normal(random)];
    const left = noise.window * Math.sqrt(2 / seconds);
    for (let turn = 0; turn < 2 * windows; turn += 1) {
      const side = turn % 4 === 0 || turn % 4 === 3 ? 0 : 1;
      sums[side] = (sums[side] ?? 0) + (later(seconds + 0.8) + left * normal(random)) / windows;
    }
    return [sums[0] ?? 0, sums[1] ?? 0];
  };
const fourOfTwo = inTurn({ windows: 4, seconds: 2 });
const threeShort = inTurn({ windows: 3, seconds: 1.5 });

interface Outcome {
  verdict: string;
  blocks: number;
}

/** One run: p50 of the true ratio beside a p95 of nothing, in one family, looked at as planned. */
function run(random: Random, block: Block, looks: ReturnType<typeof looksUpTo>, ratio: number): Outcome {
  const later = machine(random);
  const last = looks.at(-1)?.blocks ?? 0;
  const drawn = Array.from({ length: last }, () => [block(random, later), block(random, later)] as const);
  const compared = (which: 0 | 1, count: number, truth: number): Comparison => ({
    ...{ scale: 'ratio', margin, better: 'lower', noise: [] },
    baseline: drawn.slice(0, count).map((pair) => Math.exp(pair[which][0])),
    variant: drawn.slice(0, count).map((pair) => truth * Math.exp(pair[which][1])),
  });
  for (const [index, { blocks }] of looks.entries()) {
    const family = [compared(0, blocks, ratio), compared(1, blocks, ratio)];
    const judged = judgeFamily(family, { looks: looks.slice(0, index + 1) });
    const done = judged.every(({ verdict }) => verdict !== 'inconclusive');
    if (done || blocks === last) return { verdict: judged[0]?.verdict ?? 'inconclusive', blocks };
  }
  throw new Error('the last look ends the run');
}

const designs = [
  { name: 'rounds apart, 3 blocks', block: apart, looks: [{ blocks: 3, alphaSpent: 0.05 }], blockSeconds: 110 },
  { name: 'in turn, 4 x 2 s, 3 blocks', block: fourOfTwo, looks: [{ blocks: 3, alphaSpent: 0.05 }], blockSeconds: 67 },
  {
    name: 'in turn, 3 x 1.5 s, 3 blocks',
    block: threeShort,
    looks: [{ blocks: 3, alphaSpent: 0.05 }],
    blockSeconds: 59,
  },
  { name: 'in turn, 4 x 2 s, looks 3 to 12', block: fourOfTwo, looks: looksUpTo(12), blockSeconds: 67 },
  { name: 'in turn, 3 x 1.5 s, looks 3 to 12', block: threeShort, looks: looksUpTo(12), blockSeconds: 59 },
];

/** What each design says of known effects, as a table. */
export function simulatedTable(): string {
  const lines = [
    'design | true ratio | called a difference | equivalent | wrong | median blocks | median time, s',
    '--- | --- | --- | --- | --- | --- | ---',
  ];
  for (const { name, block, looks, blockSeconds } of designs)
    for (const ratio of [1, 1.05, 1.1, 1.15, 1.5, 3]) {
      const random = createRandom('decide', name, String(ratio));
      const outcomes = Array.from({ length: worlds }, () => run(random, block, looks, ratio));
      const share = (is: (outcome: Outcome) => boolean) => (outcomes.filter(is).length / worlds).toFixed(3);
      const blocks = outcomes.map((outcome) => outcome.blocks).toSorted((a, b) => a - b)[worlds / 2] ?? 0;
      const wrong = ({ verdict }: Outcome) =>
        verdict === 'better' ||
        (verdict === 'worse' && ratio === 1) ||
        (verdict === 'equivalent' && ratio >= 1 + margin);
      lines.push(
        [
          ...[
            name,
            ratio,
            share(({ verdict }) => verdict === 'worse'),
            share(({ verdict }) => verdict === 'equivalent'),
          ],
          ...[share(wrong), blocks, blocks * blockSeconds],
        ].join(' | '),
      );
    }
  return lines.join('\n');
}
