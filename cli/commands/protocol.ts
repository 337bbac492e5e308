import { Option, type Command } from 'commander';
import { loadSuite } from '../../engine/contracts/index.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import {
  allPrintable,
  languages,
  languagesOf,
  languageTitles,
  own,
  printable,
  type Application,
  type Language,
} from '../../engine/model/index.ts';
import { checkProtocol, requirements, type ProgramHost } from '../../engine/protocol/index.ts';
import { appOption, applicationFrom } from '../options.ts';
import { withCancel } from '../signals.ts';
import { buildUnit, unitHere } from '../unit-here.ts';
import { openContainers } from '../units-in-containers.ts';
import { protocolInWords, requirementInWords } from './protocol-in-words.ts';

interface CheckCommand {
  app: string;
  module: string;
  language: Language;
  only?: string;
  runtime?: 'docker' | 'process';
  json?: boolean;
}

export function addProtocol(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  const protocol = program
    .command('protocol')
    .description('Holds a module, in whatever language, against all that a program must do to be a unit.');

  protocol
    .command('check')
    .description(
      'Builds a module in a language, starts it as a process or in a container, and asks, breaks and ends it: a line for each requirement of docs/protocol.md.',
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
        'where it runs: docker, in a container of the image that a deployment runs; process, on this machine with your rights, which has to be said of applications that did not come with Cleave (process for others)',
      ).choices(['docker', 'process']),
    )
    .option('--json', 'print one JSON object')
    .action(async (options: CheckCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      assertWritten(application, options);
      if (laboratory.applicationsAreOthers === true && options.runtime === undefined)
        throw new Error(
          'applications that did not come with Cleave would run with all your rights; say --runtime process, if you trust their source, or --runtime docker',
        );
      const only = requirementsFrom(options.only);
      const isJson = options.json === true;
      const { value } = await withCancel(async (signal) => {
        const suite = await loadSuite(laboratory, application, options.module, signal);
        const place = await (options.runtime === 'docker' ? inContainers : asProcesses)({
          ...{ laboratory, application, module: options.module, signal },
        });
        try {
          return await checkProtocol({
            ...{ ...suite, application: application.name, host: await place.host(options.language) },
            // What the others are held against.
            ...(options.language === 'typescript' ? {} : { reference: await place.host('typescript') }),
            signal: AbortSignal.any([signal, ...place.vanished]),
            seed: { value: application.seed.default, sizes: application.seed.sizes },
            ...(only === undefined ? {} : { only }),
            onResult: (result) => {
              if (!isJson) process.stdout.write(`${requirementInWords(result)}\n`);
            },
          });
        } finally {
          await place.close();
        }
      });
      const told = { ...value, language: options.language };
      process.stdout.write(`${isJson ? JSON.stringify(allPrintable(told)) : protocolInWords(told)}\n`);
      if (value.failed > 0) exit(1);
    });
}

interface Asked {
  laboratory: Laboratory;
  application: Application;
  module: string;
  signal: AbortSignal;
}

/** Where programs of a module are started, and what ends all of them. */
interface Place {
  host(language: Language): Promise<ProgramHost>;
  /** Ends the check when it aborts. */
  vanished: AbortSignal[];
  close(): Promise<void>;
}

async function asProcesses({ laboratory, application, module, signal }: Asked): Promise<Place> {
  const hosts: Awaited<ReturnType<typeof unitHere>>[] = [];
  return {
    host: async (language) => {
      const files = await buildUnit(laboratory, application, module, language, { signal });
      const host = await unitHere(laboratory, language, files);
      hosts.push(host);
      return host;
    },
    vanished: [],
    close: async () => void (await Promise.all(hosts.map((host) => host.close()))),
  };
}

async function inContainers({ laboratory, ...asked }: Asked): Promise<Place> {
  const onProgress = (text: string): void => void process.stderr.write(`${printable(text)}\n`);
  const containers = await openContainers(laboratory, { ...asked, onProgress });
  return { ...containers, vanished: [containers.vanished] };
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
