import { parseArgs } from 'node:util';
import { deployTopology, loadApplication } from '../../engine/deploy/index.ts';
import { namedTopology, settingsSchema, storeSchema, type Consistency, type Fault } from '../../engine/model/index.ts';
import { anomaliesOf, breakCheckOut, type CampaignOutcome } from '../../tests/support/check-out-campaign.ts';
import { testLaboratory } from '../../tests/support/laboratory.ts';

const USAGE = `Usage: npm run bench:consistency -- [--runtime process|docker] [--store sqlite|postgres|postgres-per-unit] [--rounds 100] [--repeats 10] [--cut NAME] [--seed 1]

Breaks the shop's check-out --rounds times for each correct strategy, and --repeats times for each planted bug, and prints what
the books say; --cut does so for one topology only, --seed begins with another load, and with servers as --store they are broken, too. Exit code 1 when a correct strategy has an anomaly or a planted bug was missed
(nothing compensated, which one unit seldom shows: in all repetitions).`;

/** Docker's rule, which both runtimes follow: after ten seconds of running a crash is healed at once again. */
const runsBeforeCrashMs = 10_500;

const cycle: Fault[] = [
  { kind: 'crash', module: 'orders' },
  { kind: 'slow', module: 'payments', delayMs: 600 },
  { kind: 'errors', module: 'inventory', share: 0.5 },
  { kind: 'connection-reset', module: 'payments' },
  { kind: 'crash', module: 'payments' },
  { kind: 'hang', module: 'inventory' },
  { kind: 'provider-outage', module: 'payments' },
  { kind: 'store-outage', module: 'orders' },
  { kind: 'crash-stays-down', module: 'inventory' },
  { kind: 'freeze', module: 'payments' },
];
/** Of the servers of a store; a file has none of them. */
const storeFaults: Fault[] = [
  { kind: 'store-crash', module: 'orders' },
  { kind: 'store-freeze', module: 'inventory' },
  { kind: 'store-connections', module: 'orders' },
  { kind: 'store-partition', module: 'orders' },
  { kind: 'store-starvation', module: 'payments' },
  { kind: 'store-crash', module: 'payments' },
];
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
const cuts = values.cut === undefined ? ['monolith', 'microservices'] : [values.cut];
if (values.help || !store.success || !(rounds >= 1) || !(repeats >= 0) || !(firstSeed >= 0)) {
  console.log(USAGE);
  process.exit(values.help ? 0 : 2);
}
const runtime = values.runtime === 'docker' ? 'docker' : 'process';
const laboratory = testLaboratory();
const application = await loadApplication(laboratory.applicationsDirectory, 'shop');

async function broken(
  cut: string,
  consistency: Consistency,
  faults: Fault[],
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
      faults,
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
    const all = store.data === 'sqlite' ? cycle : [...cycle, ...storeFaults];
    const faults = Array.from({ length: rounds }, (_, index) => all[index % all.length]).filter(
      (fault) => fault !== undefined,
    );
    const { books, done } = await broken(cut, 'auto', faults, firstSeed, { runsBeforeCrashMs });
    const anomalies = anomaliesOf(books);
    wrong ||= anomalies.length > 0;
    console.log(
      `${cut}, correct: ${done.length} fault rounds, ${books.attempted} orders attempted (${books.acknowledged} acknowledged, ${books.rejected} rejected, ${books.indeterminate} indeterminate of which ${books.recovered} confirmed): ${anomalies.length === 0 ? 'no anomaly' : anomalies.join(', ')}`,
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
        const { books } = await broken(cut, bug, short, seed);
        found.push((sign === 'anomalies' ? anomaliesOf(books) : books[sign]).length);
      }
      const hits = found.filter((count) => count > 0).length;
      wrong ||= hits < (bug === 'naive' ? Math.min(1, repeats) : repeats);
      console.log(`${cut}, ${bug}: found in ${hits} of ${repeats} repetitions (${sign}: ${found.join(', ')})`);
    }
  }
} finally {
  laboratory.remove();
}
process.exitCode = wrong ? 1 : 0;
