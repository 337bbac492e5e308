import { parseArgs } from 'node:util';
import { deployTopology, loadApplication, type Deployment } from '../../engine/deploy/index.ts';
import { namedTopology, settingsSchema, storeSchema, type Consistency, type Fault } from '../../engine/model/index.ts';
import { anomaliesOf, breakCheckOut, type CampaignOutcome } from '../../tests/support/check-out-campaign.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';
import { faultRounds } from './consistency/fault-rounds.ts';

const USAGE = `Usage: npm run bench:consistency -- [--runtime process|docker] [--store sqlite|postgres|postgres-per-unit] [--rounds 100] [--repeats 10] [--cut NAME] [--seed 1]

Breaks the shop's check-out --rounds times for each correct strategy, and --repeats times for each planted bug, and prints what
the books say; --cut does so for one topology only, --seed begins with another load, and with servers as --store they are broken, too. A fault that the runtime cannot do
is named, and another done in its place. Exit code 1 when fewer faults were done than asked for, a correct strategy has an anomaly or a planted bug was missed
(nothing compensated, which one unit seldom shows: in all repetitions).`;

/** Docker's rule, which both runtimes follow: after ten seconds of running a crash is healed at once again. */
const runsBeforeCrashMs = 10_500;

/** What finds every planted bug: crashes in the moment between answer and commit, and an answer that comes late. */
const short: Fault[] = [
  { kind: 'crash', module: 'orders' },
  { kind: 'slow', module: 'payments', delayMs: 600 },
  { kind: 'crash', module: 'payments' },
  { kind: 'crash', module: 'orders' },
];

const { values } = parseArgs({
  options: {
    runtime: { type: 'string', default: 'process' },
    store: { type: 'string', default: 'sqlite' },
    rounds: { type: 'string', default: '100' },
    repeats: { type: 'string', default: '10' },
    cut: { type: 'string' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
const rounds = Number(values.rounds);
const repeats = Number(values.repeats);
const firstSeed = Number(values.seed);
const store = storeSchema.safeParse(values.store);
const cuts = values.cut === undefined ? ['monolith', 'macroservices', 'microservices'] : [values.cut];
if (
  values.help ||
  !store.success ||
  !(Number.isInteger(rounds) && rounds >= 1) ||
  !(repeats >= 0) ||
  !(firstSeed >= 0)
) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
const runtime = values.runtime === 'docker' ? 'docker' : 'process';
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');

async function broken(
  cut: string,
  consistency: Consistency,
  faultsOf: (deployment: Deployment) => Fault[],
  seed: number,
  patience: { runsBeforeCrashMs?: number } = {},
): Promise<CampaignOutcome> {
  const topology = namedTopology(application, cut);
  if (topology === undefined) throw new Error(`the shop has no topology "${cut}"`);
  const running = await deployTopology({
    laboratory,
    application,
    topology,
    settings: settingsSchema.parse({ consistency, store: store.data }),
    runtime,
    session: `books-${process.pid}-${cut}-${consistency}-${seed}`,
    signal: new AbortController().signal,
    onEvent: () => undefined,
  });
  try {
    return await breakCheckOut(running.deployment, {
      faults: faultsOf(running.deployment),
      journeysPerSecond: 25,
      holdMs: 500,
      pauseMs: 400,
      seed,
      ...patience,
    });
  } finally {
    await running.close();
  }
}

let wrong = false;
try {
  for (const cut of cuts) {
    const faultsOf = (deployment: Deployment): Fault[] => {
      const { possible, leftOut } = faultRounds(deployment, rounds);
      for (const left of leftOut) console.log(`${cut}: left out: ${left}`);
      return possible;
    };
    const { books, done } = await broken(cut, 'auto', faultsOf, firstSeed, { runsBeforeCrashMs });
    const anomalies = anomaliesOf(books);
    wrong ||= anomalies.length > 0 || done.length < rounds;
    console.log(
      `${cut} on ${store.data}, correct: ${done.length} of ${rounds} fault rounds, ${books.attempted} orders attempted (${books.acknowledged} acknowledged, ${books.rejected} rejected, ${books.indeterminate} indeterminate of which ${books.recovered} confirmed): ${anomalies.length === 0 ? 'no anomaly' : anomalies.join(', ')}`,
    );
  }
  for (const cut of cuts) {
    for (const [bug, sign] of [
      ['acknowledge-before-commit', 'lost'],
      ['retry-without-key', 'duplicated'],
      ['naive', 'anomalies'],
    ] as const) {
      const found: number[] = [];
      for (let seed = firstSeed; seed < firstSeed + repeats; seed += 1) {
        const { books } = await broken(cut, bug, () => short, seed);
        found.push((sign === 'anomalies' ? anomaliesOf(books) : books[sign]).length);
      }
      const hits = found.filter((count) => count > 0).length;
      wrong ||= hits < (bug === 'naive' ? Math.min(1, repeats) : repeats);
      console.log(
        `${cut} on ${store.data}, ${bug}: found in ${hits} of ${repeats} repetitions (${sign}: ${found.join(', ')})`,
      );
    }
  }
} finally {
  laboratory.remove();
}
process.exitCode = wrong ? 1 : 0;
