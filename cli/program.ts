import { Command, CommanderError } from 'commander';
import { EngineError } from '../engine/runtime/index.ts';
import { addClean } from './commands/clean.ts';
import { addCompare } from './commands/compare.ts';
import { addDoctor } from './commands/doctor.ts';
import { addLoad } from './commands/load.ts';
import { addReport } from './commands/report.ts';
import { addUp } from './commands/up.ts';
import { laboratoryOfCheckout } from './laboratory.ts';
import { CancelledError } from './signals.ts';

/** Exit code of a run that the user cancelled with Ctrl-C, as shells have it: 128 + SIGINT. */
const cancelledCode = 130;

/** Runs one command line and returns the exit code. Errors are told on standard error in one sentence. */
export async function runCli(argv: readonly string[]): Promise<number> {
  const laboratory = laboratoryOfCheckout();
  const program = new Command('cleave')
    .description(
      'Runs one application as a monolith, as microservices or cut in any other way, and measures what each cut costs and buys.',
    )
    .version(laboratory.version)
    .showHelpAfterError('(add --help for the allowed values)')
    .exitOverride();
  let code = 0;
  const exit = (wanted: number) => {
    code = wanted;
  };
  addCompare(program, laboratory, exit);
  addUp(program, laboratory);
  addReport(program, laboratory, exit);
  addLoad(program);
  addDoctor(program, laboratory, exit);
  addClean(program, laboratory);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CancelledError) return cancelledCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`cleave: ${inWords(error)}\n`);
    return 1;
  }
}

function inWords(error: unknown): string {
  if (error instanceof EngineError && error.nextStep !== null) return `${error.message} ${error.nextStep}`;
  return error instanceof Error ? error.message : String(error);
}
