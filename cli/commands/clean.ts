import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Laboratory } from '../../engine/deploy/index.ts';
import type { RuntimeChoice } from '../../engine/model/index.ts';
import { openRuntime } from '../../engine/runtime/index.ts';
import { runtimeOption } from '../options.ts';

export function addClean(program: Command, laboratory: Laboratory): void {
  program
    .command('clean')
    .description('Removes what dead runs left; what belongs to a living one is kept.')
    .addOption(runtimeOption())
    .action(async (options: { runtime: RuntimeChoice }) => {
      const kinds: RuntimeChoice[] = options.runtime === 'auto' ? ['process', 'auto'] : [options.runtime];
      const removed = new Set<string>();
      const kept = new Set<string>();
      for (const kind of kinds) {
        const { runtime } = await openRuntime(kind, {
          nodePath: laboratory.nodePath,
          stateDir: laboratory.stateDirectory,
          workDir: laboratory.workDirectory,
          session: `clean-${randomUUID().slice(0, 8)}`,
        });
        try {
          const report = await runtime.sweep();
          for (const name of report.removed) removed.add(name);
          for (const name of report.kept) kept.add(name);
        } finally {
          await runtime.close();
        }
      }
      for (const name of removed) process.stdout.write(`removed ${name}\n`);
      process.stdout.write(`${removed.size} removed, ${kept.size} kept because their run is alive\n`);
    });
}
