import { Option, type Command } from 'commander';
import { judgeStored } from '../../engine/claims/index.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { allPrintable } from '../../engine/model/index.ts';
import { appOption, applicationFrom } from '../options.ts';
import { claimsInWords } from './claims-in-words.ts';

interface ClaimsCommand {
  app: string;
  runtime?: 'docker' | 'process';
  whole?: boolean;
  json?: boolean;
}

export function addClaims(program: Command, laboratory: Laboratory): void {
  program
    .command('claims')
    .description(
      'Says of each claim about microservices what the stored results of this source on this machine say of it. Nothing is deployed.',
    )
    .addOption(appOption())
    .addOption(
      new Option(
        '--runtime <runtime>',
        'results of which runtime count; without it docker, and process where there are none of docker',
      ).choices(['docker', 'process']),
    )
    .option('--whole', 'with all that each was judged by, published numbers, and what cannot be shown here')
    .option('--json', 'print one JSON object')
    .action(async ({ app, runtime, whole = false, json = false }: ClaimsCommand) => {
      const application = await applicationFrom(laboratory, app);
      const claims = await judgeStored(laboratory, application, runtime ?? null);
      process.stdout.write(`${json ? JSON.stringify(allPrintable(claims)) : claimsInWords(claims, whole)}\n`);
    });
}
