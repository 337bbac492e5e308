import type { Command } from 'commander';
import { checkContract, ContractError, describeContract, loadSuite } from '../../engine/contracts/index.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { loopbackUrl } from '../../engine/load/index.ts';
import { allPrintable, own, type Application } from '../../engine/model/index.ts';
import { appOption, applicationFrom } from '../options.ts';
import { withCancel } from '../signals.ts';
import { contractInWords } from './contract-in-words.ts';

interface ShowCommand {
  app: string;
  module: string;
}

interface CheckCommand extends ShowCommand {
  url: string;
  with: Map<string, string>;
  json?: boolean;
}

const moduleOption = ['--module <name>', 'module whose contract it is'] as const;

export function addContract(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  const contract = program
    .command('contract')
    .description('Shows the contract of a module, or holds an implementation of it to the contract.');

  contract
    .command('show')
    .description('Prints the OpenAPI 3.1 document of a module, as its sources say it. Nothing is deployed.')
    .addOption(appOption())
    .requiredOption(...moduleOption)
    .action(async ({ app, module }: ShowCommand) => {
      const application = await applicationFrom(laboratory, app);
      const { value } = await withCancel((signal) => describeContract(laboratory, application, module, { signal }));
      process.stdout.write(`${JSON.stringify(allPrintable(value.document), null, 2)}\n`);
      if (value.operations.length === 0)
        process.stderr.write(
          `"${module}" has no operations that other modules call; what people ask of it are routes of its own.\n`,
        );
    });

  contract
    .command('check')
    .description(
      'Asks an implementation of a module, in whatever language, all that the examples of its contract ask, and names operation and field that differ.',
    )
    .addOption(appOption())
    .requiredOption(...moduleOption)
    .requiredOption('--url <url>', 'where it answers POST <url>/<module>/<operation>, loopback only')
    .option(
      '--with <module=url>',
      'where another module answers that examples ask to make ready (at --url when not given); may be given several times',
      collectPlaces,
      new Map<string, string>(),
    )
    .option('--json', 'print one JSON object')
    .action(async (options: CheckCommand) => {
      const application = await applicationFrom(laboratory, options.app);
      const url = placeFrom(options.url, '--url');
      const others = new Map(
        [...options.with].map(([module, text]) => [knownModule(application, module), placeFrom(text, '--with')]),
      );
      const { value } = await withCancel(async (signal) => {
        const suite = await loadSuite(laboratory, application, options.module, signal);
        return checkContract({ ...suite, url, others, signal });
      });
      process.stdout.write(`${options.json === true ? JSON.stringify(allPrintable(value)) : contractInWords(value)}\n`);
      if (value.differences.length > 0 || value.notAsked.length > 0) exit(1);
    });
}

function collectPlaces(text: string, places: ReadonlyMap<string, string>): Map<string, string> {
  const [module = '', ...url] = text.split('=');
  return new Map([...places, [module, url.join('=')]]);
}

function knownModule({ name, modules }: Application, module: string): string {
  if (own(modules, module) === undefined)
    throw new ContractError(
      `--with: unknown module "${module}" of "${name}"; allowed: ${Object.keys(modules).join(', ')}`,
    );
  return module;
}

/** Throws one sentence. */
function placeFrom(text: string, option: string): URL {
  const url = loopbackUrl(text, { option, sent: 'requests are' });
  if (url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '')
    throw new ContractError(`${option} must be an address without a query, a fragment or a name, not "${text}".`);
  return url;
}
