import type { Command } from 'commander';
import { measureStructure, type Laboratory } from '../../engine/deploy/index.ts';
import { associationsOf, reachSummary, structureNumbers } from '../../engine/evaluation/index.ts';
import { allPrintable } from '../../engine/model/index.ts';
import { appOption, applicationFrom, savedCuts, topologiesFrom } from '../options.ts';
import { withCancel } from '../signals.ts';
import { structureInWords, type CutStructure } from './structure-in-words.ts';

interface StructureCommand {
  app: string;
  variants?: string;
  json?: boolean;
}

export function addStructure(program: Command, laboratory: Laboratory): void {
  program
    .command('structure')
    .description(
      'Says what each unit is made of, who calls whom and how far changes reach, in each cut. Nothing is deployed.',
    )
    .addOption(appOption())
    .option('--variants <cuts>', 'cuts as for compare, with commas between them; without it those of the manifest')
    .option('--json', 'print one JSON object')
    .action(async (options: StructureCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      const names = options.variants ?? Object.keys(application.topologies).join(',');
      const topologies = topologiesFrom(names, application, await savedCuts(laboratory, application));
      const { value } = await withCancel(async (signal) => {
        const cuts: CutStructure[] = [];
        for (const topology of topologies) {
          const measured = await measureStructure(laboratory, application, topology, { changes: true, signal });
          const numbers = structureNumbers(application, topology, measured, null);
          const { changes, changesReason } = measured;
          cuts.push({
            ...{ cut: topology.name, ...numbers, changes, changesReason },
            summary: changes === null ? null : reachSummary(changes),
            associations: changes === null ? [] : associationsOf(changes, numbers.modules, topology.name),
          });
        }
        return cuts;
      });
      process.stdout.write(
        `${options.json === true ? JSON.stringify(allPrintable({ cuts: value })) : structureInWords(value, application)}\n`,
      );
    });
}
