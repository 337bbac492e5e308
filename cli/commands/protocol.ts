import { Option, type Command } from 'commander';
import { loadSuite } from '../../engine/contracts/index.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import {
  allPrintable,
  languages,
  languagesOf,
  languageTitles,
  own,
  type Application,
  type Language,
} from '../../engine/model/index.ts';
import { checkProtocol, requirements } from '../../engine/protocol/index.ts';
import { appOption, applicationFrom } from '../options.ts';
import { withCancel } from '../signals.ts';
import { buildUnit, unitHere } from '../unit-here.ts';
import { protocolInWords, requirementInWords } from './protocol-in-words.ts';

interface CheckCommand {
  app: string;
  module: string;
  language: Language;
  only?: string;
  runtime?: 'process';
  json?: boolean;
}

export function addProtocol(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  const protocol = program
    .command('protocol')
    .description('Holds a module, in whatever language, against all that a program must do to be a unit.');

  protocol
    .command('check')
    .description(
      'Builds a module in a language, starts it on this machine, and asks, breaks and ends it: a line for each requirement of docs/protocol.md.',
    )
    .addOption(appOption())
    .requiredOption('--module <name>', 'module to check')
    .addOption(
      new Option('--language <language>', 'language that it is written in').choices(languages).default('typescript'),
    )
    .option('--only <names>', 'names of the requirements to ask, with a comma between them')
    .addOption(
      new Option(
        '--runtime <runtime>',
        'that it runs with your rights, as a process: to be said of applications that did not come with Cleave',
      ).choices(['process']),
    )
    .option('--json', 'print one JSON object')
    .action(async (options: CheckCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      assertWritten(application, options);
      if (laboratory.applicationsAreOthers === true && options.runtime !== 'process')
        throw new Error(
          'applications that did not come with Cleave would run with all your rights; say --runtime process, if you trust their source',
        );
      const only = requirementsFrom(options.only);
      const isJson = options.json === true;
      const { value } = await withCancel(async (signal) => {
        const suite = await loadSuite(laboratory, application, options.module, signal);
        const start = async (language: Language) =>
          unitHere(
            laboratory,
            language,
            await buildUnit(laboratory, application, options.module, language, { signal }),
          );
        const host = await start(options.language);
        // What the others are held against.
        const reference = options.language === 'typescript' ? undefined : await start('typescript');
        try {
          return await checkProtocol({
            ...{ ...suite, application: application.name, host, signal },
            ...(reference === undefined ? {} : { reference }),
            seed: { value: application.seed.default, sizes: application.seed.sizes },
            ...(only === undefined ? {} : { only }),
            onResult: (result) => {
              if (!isJson) process.stdout.write(`${requirementInWords(result)}\n`);
            },
          });
        } finally {
          await Promise.all([host.close(), reference?.close()]);
        }
      });
      const told = { ...value, language: options.language };
      process.stdout.write(`${isJson ? JSON.stringify(allPrintable(told)) : protocolInWords(told)}\n`);
      if (value.failed > 0) exit(1);
    });
}

/** Throws one sentence. */
function assertWritten(application: Application, { module, language }: CheckCommand): void {
  if (own(application.modules, module) === undefined)
    throw new Error(
      `--module: unknown module "${module}" of "${application.name}"; allowed: ${Object.keys(application.modules).join(', ')}`,
    );
  const known = languagesOf(application, module);
  if (!known.includes(language))
    throw new Error(
      `--language: "${module}" is not written in ${languageTitles[language]}; allowed: ${known.join(', ')}`,
    );
}

/** Throws one sentence. */
function requirementsFrom(text: string | undefined): string[] | undefined {
  const names = text?.split(',').map((name) => name.trim());
  const unknown = names?.find((name) => !requirements.some((one) => one.name === name));
  if (unknown !== undefined)
    throw new Error(
      `--only: unknown requirement "${unknown}"; allowed: ${requirements.map(({ name }) => name).join(', ')}`,
    );
  return names;
}
