import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import {
  changesUpTo,
  deployTopology,
  releaseOrders,
  type Deployment,
  type Laboratory,
  type ReleaseMeasurement,
} from '../../engine/deploy/index.ts';
import {
  allPrintable,
  changeKindInWords,
  orderOf,
  own,
  printable,
  replacementStrategies,
  settingsSchema,
  storeInWords,
  wholeLoad,
  type Application,
  type ReleaseOrder,
  type ReplacementStrategy,
  type RuntimeChoice,
  type Settings,
} from '../../engine/model/index.ts';
import { closeAfterwards } from '../../engine/runtime/index.ts';
import { formatMs } from '../../report/index.ts';
import {
  appOption,
  applicationFrom,
  numberWithin,
  runtimeOption,
  savedCuts,
  storeOption,
  topologyFrom,
  topologyHelp,
} from '../options.ts';
import { withCancel } from '../signals.ts';
import { contractsNow, contractsSince, isUntold } from './release-contracts.ts';
import {
  differencesInWords,
  lossInWords,
  lossOf,
  releaseInWords,
  type Loss,
  type Watched,
} from './release-in-words.ts';

interface ReleaseCommand {
  app: string;
  topology: string;
  change?: string;
  strategy: ReplacementStrategy;
  order?: ReleaseOrder;
  alone?: string;
  runtime: RuntimeChoice;
  store: Settings['store'];
  rate: number;
  json?: boolean;
}

export function addRelease(program: Command, laboratory: Laboratory): void {
  program
    .command('release')
    .description(
      'Deploys one topology, releases a change of the application to it while people are on it, and takes the change back.',
    )
    .addOption(appOption())
    .option('--topology <cut>', topologyHelp, 'microservices')
    .option('--change <name>', 'change of the manifest; without it they are listed')
    .addOption(
      new Option('--strategy <strategy>', 'how units are replaced').choices(replacementStrategies).default('rolling'),
    )
    .addOption(
      new Option(
        '--order <order>',
        'which units are replaced first, and last when it is taken back (default: what the kind of change asks for)',
      ).choices(releaseOrders),
    )
    .option('--alone <unit>', 'release this unit only, and leave the others as they are')
    .addOption(runtimeOption().default('auto'))
    .addOption(storeOption().default('sqlite'))
    .option('--rate <journeys>', 'journeys per second meanwhile, 1 to 200', numberWithin('--rate', 1, 200), 20)
    .option('--json', 'print one JSON object')
    .action(async (options: ReleaseCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      if (options.change === undefined) {
        process.stdout.write(
          options.json === true
            ? `${JSON.stringify(allPrintable({ changes: application.changes ?? {} }))}\n`
            : listOf(application),
        );
        return;
      }
      const changes = changesUpTo(application, options.change);
      const topology = topologyFrom(options.topology, application, await savedCuts(laboratory, application));
      if (options.alone !== undefined && !topology.units.some(({ name }) => name === options.alone))
        throw new Error(
          `--alone: there is no unit "${options.alone}"; allowed: ${topology.units.map(({ name }) => name).join(', ')}`,
        );
      // A patch that does not fit is refused before anything is started.
      await laboratory.edit(application, changes);
      await withCancel(async (signal) => {
        const running = await deployTopology({
          ...{ laboratory, application, topology, runtime: options.runtime, signal },
          settings: settingsSchema.parse({ store: options.store }),
          session: `release-${randomUUID().slice(0, 8)}`,
          onEvent: (event) => {
            if (event.type === 'message') process.stderr.write(`cleave: ${printable(event.text)}\n`);
          },
        });
        const { deployment } = running;
        const say = (text: string): void => void (options.json === true || process.stdout.write(`${text}\n`));
        const work = async (): Promise<void> => {
          say(
            `${application.title}, cut as ${topology.name}, its data in ${storeInWords(options.store)}. ${running.reason}`,
          );
          const before = changes.slice(0, -1);
          const how = { strategy: options.strategy, signal };
          const orders = ordersOf(application, options.change, options.order);
          // What it builds on is there already when it is released.
          if (before.length > 0)
            await deployment.release({
              ...{ changes: before, ...how, order: ordersOf(application, before.at(-1)).there },
            });
          const alone = options.alone === undefined ? {} : { units: [options.alone] };
          const onFailure = (loss: Loss): void =>
            signal.aborted ? undefined : say(`The release failed; meanwhile ${lossInWords(application, loss)}.`);
          const watch = (release: () => Promise<ReleaseMeasurement>): Promise<Watched> =>
            watched(deployment, options.rate, release, onFailure);
          const contracts = await contractsNow(deployment);
          const there = await watch(() => deployment.release({ changes, ...how, order: orders.there, ...alone }));
          say(releaseInWords(application, options.change ?? '', there));
          const differences = await contractsSince(contracts, deployment, signal);
          say(
            `  contracts: ${isUntold(differences) ? `not told, as ${printable(differences.message)}` : differencesInWords(differences)}`,
          );
          const back = await watch(() => deployment.takeBack({ ...how, order: orders.back }));
          say(`Taken back after ${formatMs(back.release.replacedMs)}; ${lossInWords(application, back)}.`);
          const contractsTold = isUntold(differences)
            ? { differences: null, differencesReason: differences.message }
            : { differences };
          if (options.json === true)
            process.stdout.write(`${JSON.stringify(allPrintable({ release: there, ...contractsTold, back }))}\n`);
        };
        await closeAfterwards(work, () => running.close());
      });
    });
}

/** In which order units go out and come back: as is asked for and the other way round, else as the kind of the change asks for. */
function ordersOf(
  { changes = {} }: Application,
  name: string | undefined,
  asked?: ReleaseOrder,
): { there: ReleaseOrder; back: ReleaseOrder } {
  switch (asked) {
    case 'providers-first':
      return { there: asked, back: 'callers-first' };
    case 'callers-first':
      return { there: asked, back: 'providers-first' };
    case undefined:
      return orderOf(own(changes, name ?? '')?.kind ?? 'fix');
    default:
      return asked satisfies never;
  }
}

/** The release under a load, from a second before it until a second after it; what was lost until a failure is told before that is thrown. */
async function watched(
  deployment: Deployment,
  rate: number,
  release: () => Promise<ReleaseMeasurement>,
  onFailure: (loss: Loss) => void,
): Promise<Watched> {
  const { agent, application, entryUrl, clock } = deployment;
  const load = agent.startLoad(
    wholeLoad(application, entryUrl, { journeysPerSecond: rate, durationMs: 3_600_000, identitySalt: randomUUID() }),
  );
  try {
    await clock.delay(1000);
    const measured = await release();
    await clock.delay(1000);
    return { release: measured, ...lossOf(await load.stop()) };
  } catch (error) {
    const lost = await load.stop().catch(() => null);
    if (lost !== null) onFailure(lossOf(lost));
    throw error;
  }
}

function listOf({ changes = {} }: Application): string {
  const rows = Object.entries(changes).map(
    ([name, { title, kind }]) => `  ${name}\n    ${title} (${changeKindInWords(kind)})`,
  );
  return rows.length === 0 ? 'This application names no changes.\n' : `Changes, for --change:\n${rows.join('\n')}\n`;
}
