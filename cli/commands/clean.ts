import type { Command } from 'commander';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { sweepAll } from '../../engine/runtime/index.ts';

export function addClean(program: Command, laboratory: Laboratory): void {
  program
    .command('clean')
    .description('Removes what dead runs left, on the engine and as processes; what belongs to a living one is kept.')
    .action(async () => {
      const { removed, kept, engine } = await sweepAll({ stateDir: laboratory.stateDirectory });
      for (const name of removed) process.stdout.write(`removed ${name}\n`);
      process.stdout.write(`${removed.length} removed, ${kept.length} kept because their run is alive\n`);
      if (engine === null) process.stdout.write('No container engine answers, so only processes were looked at.\n');
    });
}
