import type { Command } from 'commander';
import { impactOfChanges, type Laboratory } from '../../engine/deploy/index.ts';
import { allPrintable } from '../../engine/model/index.ts';
import { appOption, applicationFrom, savedCuts, topologiesFrom } from '../options.ts';
import { withCancel } from '../signals.ts';
import { impactInWords } from './impact-in-words.ts';

interface ImpactCommand {
  app: string;
  variants?: string;
  change?: string;
  json?: boolean;
}

export function addImpact(program: Command, laboratory: Laboratory): void {
  program
    .command('impact')
    .description('Says which units get another program by each change of the application, in each cut. Nothing is run.')
    .addOption(appOption())
    .option('--variants <cuts>', 'cuts as for compare, with commas between them; without it those of the manifest')
    .option('--change <name>', 'this change only')
    .option('--json', 'print one JSON object')
    .action(async (options: ImpactCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      const cuts = options.variants ?? Object.keys(application.topologies).join(',');
      const topologies = topologiesFrom(cuts, application, await savedCuts(laboratory, application));
      const changes = options.change === undefined ? Object.keys(application.changes ?? {}) : [options.change];
      if (changes.length === 0) {
        process.stdout.write('This application names no changes.\n');
        return;
      }
      const { value } = await withCancel((signal) =>
        impactOfChanges(laboratory, application, { topologies, changes, signal }),
      );
      process.stdout.write(
        `${options.json === true ? JSON.stringify(allPrintable({ changes: value })) : impactInWords(value, topologies)}\n`,
      );
    });
}
