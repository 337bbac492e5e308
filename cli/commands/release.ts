import { randomUUID } from 'node:crypto';
import { Option, type Command } from 'commander';
import pc from 'picocolors';
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
  own,
  printable,
  replacementStrategies,
  wholeLoad,
  type Application,
  type LoadMeasurement,
  type ReleaseOrder,
  type ReplacementStrategy,
  type RuntimeChoice,
} from '../../engine/model/index.ts';
import { closeAfterwards } from '../../engine/runtime/index.ts';
import { formatBytes, formatMs } from '../../report/index.ts';
import { appOption, applicationFrom, numberWithin, runtimeOption, savedCuts, topologyFrom } from '../options.ts';
import { withCancel } from '../signals.ts';

interface ReleaseCommand {
  app: string;
  topology: string;
  change?: string;
  strategy: ReplacementStrategy;
  order: ReleaseOrder;
  alone?: string;
  runtime: RuntimeChoice;
  rate: number;
  json?: boolean;
}

/** One release with what the people on it lost meanwhile. */
interface Watched {
  release: ReleaseMeasurement;
  asked: number;
  lost: Record<string, number>;
}

export function addRelease(program: Command, laboratory: Laboratory): void {
  program
    .command('release')
    .description(
      'Deploys one topology, releases a change of the application to it while people are on it, and takes the change back.',
    )
    .addOption(appOption())
    .option('--topology <cut>', 'name of the manifest, or name=unit:module+module|unit:module', 'microservices')
    .option('--change <name>', 'change of the manifest; without it they are listed')
    .addOption(
      new Option('--strategy <strategy>', 'how units are replaced').choices(replacementStrategies).default('rolling'),
    )
    .addOption(
      new Option('--order <order>', 'which units are replaced first').choices(releaseOrders).default('providers-first'),
    )
    .option('--alone <unit>', 'release this unit only, and leave the others as they are')
    .addOption(runtimeOption().default('auto'))
    .option('--rate <journeys>', 'journeys per second meanwhile, 1 to 200', numberWithin('--rate', 1, 200), 20)
    .option('--json', 'print one JSON object')
    .action(async (options: ReleaseCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      if (options.change === undefined) {
        process.stdout.write(listOf(application));
        return;
      }
      const changes = changesUpTo(application, options.change);
      const topology = topologyFrom(options.topology, application, await savedCuts(laboratory, application));
      if (options.alone !== undefined && !topology.units.some(({ name }) => name === options.alone))
        throw new Error(
          `--alone: there is no unit "${options.alone}"; allowed: ${topology.units.map(({ name }) => name).join(', ')}`,
        );
      await withCancel(async (signal) => {
        const running = await deployTopology({
          ...{ laboratory, application, topology, runtime: options.runtime, signal },
          session: `release-${randomUUID().slice(0, 8)}`,
          onEvent: (event) => {
            if (event.type === 'message') process.stderr.write(`cleave: ${printable(event.text)}\n`);
          },
        });
        const { deployment } = running;
        const say = (text: string): void => void (options.json === true || process.stdout.write(`${text}\n`));
        const work = async (): Promise<void> => {
          say(`${application.title}, cut as ${topology.name}. ${running.reason}`);
          const before = changes.slice(0, -1);
          const how = { strategy: options.strategy, order: options.order, signal };
          // What it builds on is there already when it is released.
          if (before.length > 0) await deployment.release({ changes: before, ...how });
          const units = options.alone === undefined ? undefined : [options.alone];
          const there = await watched(deployment, options.rate, () => deployment.release({ changes, ...how, units }));
          say(told(application, options.change ?? '', there));
          // What came last goes first.
          const order = options.order === 'providers-first' ? 'callers-first' : 'providers-first';
          const back = await watched(deployment, options.rate, () => deployment.takeBack({ ...how, order }));
          say(`Taken back after ${formatMs(back.release.replacedMs)}; ${lossInWords(application, back)}.`);
          if (options.json === true)
            process.stdout.write(`${JSON.stringify(allPrintable({ release: there, back }))}\n`);
        };
        await closeAfterwards(work, () => running.close());
      });
    });
}

/** The release under a load, from a second before it until a second after it. */
async function watched(
  deployment: Deployment,
  rate: number,
  release: () => Promise<ReleaseMeasurement>,
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
  } finally {
    await load.stop().catch(() => undefined);
  }
}

function lossOf({ endpoints }: LoadMeasurement): Omit<Watched, 'release'> {
  const all = Object.entries(endpoints);
  return {
    asked: all.reduce((sum, [, { scheduled }]) => sum + scheduled, 0),
    lost: Object.fromEntries(
      all.map(([name, { scheduled, good }]) => [name, scheduled - good] as const).filter(([, count]) => count > 0),
    ),
  };
}

function told(application: Application, name: string, watch: Watched): string {
  const { release } = watch;
  const change = own(application.changes ?? {}, name);
  const rows = release.replaced.map(
    (one) =>
      `  ${one.unit} ${one.from} to ${one.to}: started ${formatMs(one.startedMs)}, ready ${formatMs(one.readyMs)}, nobody on the old one ${formatMs(one.switchedMs)}, old one gone ${formatMs(one.removedMs)}`,
  );
  return [
    pc.bold(
      `${change?.title ?? name} (${change?.kind.replaceAll('-', ' ') ?? ''}; edits ${release.modules.join(', ') || 'no module'})`,
    ),
    `  bundled ${formatMs(release.bundledMs)}, images ${formatMs(release.builtMs)}, ${formatBytes(release.addedBytes)} over the base; another program: ${release.changedUnits.join(', ') || 'none'}`,
    ...rows,
    `  live after ${formatMs(release.seenMs ?? release.replacedMs)}${release.seenMs === null ? ' (cannot be seen from outside)' : ', the first answer that shows it'}; all replaced after ${formatMs(release.replacedMs)}`,
    `  ${lossInWords(application, watch)}`,
  ].join('\n');
}

function lossInWords(application: Application, { asked, lost }: Watched): string {
  const all = Object.entries(lost);
  if (all.length === 0) return `no request of ${asked} was lost`;
  const sum = all.reduce((total, [, count]) => total + count, 0);
  const parts = all.map(([name, count]) => `${own(application.endpoints, name)?.title ?? name} ${count}`);
  return `${sum} of ${asked} requests were lost: ${parts.join(', ')}`;
}

function listOf({ changes = {} }: Application): string {
  const rows = Object.entries(changes).map(
    ([name, { title, kind }]) => `  ${name}\n    ${title} (${kind.replaceAll('-', ' ')})`,
  );
  return rows.length === 0 ? 'This application names no changes.\n' : `Changes, for --change:\n${rows.join('\n')}\n`;
}
