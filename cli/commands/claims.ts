import { writeFile } from 'node:fs/promises';
import { Option, type Command } from 'commander';
import { judgeStored } from '../../engine/claims/index.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { allPrintable } from '../../engine/model/index.ts';
import { lessonsOf } from '../../report/index.ts';
import { appOption, applicationFrom } from '../options.ts';
import { claimsInWords } from './claims-in-words.ts';

interface ClaimsCommand {
  app: string;
  runtime?: 'docker' | 'process';
  whole?: boolean;
  json?: boolean;
  lessons?: string;
  student?: boolean;
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
    .option('--lessons <file>', 'also write each claim as a lesson card into this Markdown file')
    .option('--student', 'lesson cards without answers')
    .action(async ({ app, runtime, whole = false, json = false, lessons, student }: ClaimsCommand) => {
      const application = await applicationFrom(laboratory, app);
      const claims = await judgeStored(laboratory, application, runtime ?? null);
      if (student === true && lessons === undefined)
        throw new Error('--student: says how lesson cards are written; allowed with --lessons FILE');
      if (lessons !== undefined)
        await writeFile(lessons, lessonsOf(claims, student === true ? 'student' : 'teacher')).catch(
          (error: unknown) => {
            throw new Error(`--lessons: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
          },
        );
      process.stdout.write(`${json ? JSON.stringify(allPrintable(claims)) : claimsInWords(claims, whole)}\n`);
    });
}
