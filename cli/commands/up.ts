import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import pc from 'picocolors';
import { deployTopology, type Laboratory } from '../../engine/deploy/index.ts';
import {
  printable,
  settingsSchema,
  storeInWords,
  type LabEvent,
  type RuntimeChoice,
  type Settings,
} from '../../engine/model/index.ts';
import { closeAfterwards, instanceName } from '../../engine/runtime/index.ts';
import {
  appOption,
  applicationFrom,
  numberWithin,
  runtimeOption,
  storeOption,
  savedCuts,
  topologyFrom,
  topologyHelp,
} from '../options.ts';
import { withCancel } from '../signals.ts';

interface UpOptions {
  app: string;
  topology: string;
  runtime: RuntimeChoice;
  store: Settings['store'];
  port?: number;
  logs?: boolean;
}

export function addUp(program: Command, laboratory: Laboratory): void {
  program
    .command('up')
    .description('Deploys one topology and keeps it until Ctrl-C.')
    .addOption(appOption())
    .option('--topology <cut>', topologyHelp, 'monolith')
    .addOption(runtimeOption().default('auto'))
    .addOption(storeOption().default('sqlite'))
    .option(
      '--port <number>',
      'port of the entry on 127.0.0.1 (any free one when not given)',
      numberWithin('--port', 1, 65_535, true),
    )
    .option('--logs', 'print the logs of the units')
    .action(async (options: UpOptions) => {
      const application = await applicationFrom(laboratory, options.app);
      const topology = topologyFrom(options.topology, application, await savedCuts(laboratory, application));
      await withCancel(async (signal) => {
        const onEvent = (event: LabEvent) => print(event, options.logs === true);
        const running = await deployTopology({
          laboratory,
          application,
          topology,
          settings: settingsSchema.parse({ store: options.store }),
          runtime: options.runtime,
          session: `up-${randomUUID().slice(0, 8)}`,
          publishedPort: options.port,
          signal,
          onEvent,
        });
        const { vanished } = running.deployment.site;
        const untilTheEnd = async () => {
          process.stdout.write(`${running.reason}\n`);
          process.stdout.write(
            `${application.title}, cut as ${topology.name}: ${pc.bold(running.deployment.publishedUrl)}\n`,
          );
          if (options.store !== 'sqlite') process.stdout.write(pc.dim(`Its data: ${storeInWords(options.store)}\n`));
          // In containers only the entry can be reached from here.
          if (running.runtime.kind === 'process' && topology.units.length > 1)
            for (const { name } of topology.units)
              process.stdout.write(
                pc.dim(`${name} answers at ${running.deployment.site.addressOf(name).serviceUrl}\n`),
              );
          process.stdout.write('Press Ctrl-C to stop and remove it.\n');
          const end = AbortSignal.any([signal, vanished]);
          await new Promise<void>((resolve) => {
            if (end.aborted) resolve();
            else end.addEventListener('abort', () => resolve(), { once: true });
          });
          if (!signal.aborted) vanished.throwIfAborted();
        };
        await closeAfterwards(untilTheEnd, async () => {
          await running.close();
          process.stdout.write('Everything has been removed.\n');
        });
      });
    });
}

function print(event: LabEvent, logs: boolean): void {
  if (event.type === 'unit-state') process.stdout.write(pc.dim(`${nameOf(event)}: ${event.state}\n`));
  if (event.type === 'message') process.stderr.write(`cleave: ${printable(event.text)}\n`);
  if (event.type === 'log' && logs) process.stdout.write(`${pc.cyan(nameOf(event))} ${printable(event.line)}\n`);
}

const nameOf = ({ unit, instance = 0 }: { unit: string; instance?: number }): string => instanceName(unit, instance);
