import { Command, CommanderError } from 'commander';
import type { Laboratory } from '../engine/deploy/index.ts';
import { printable } from '../engine/model/index.ts';
import { inFull } from '../engine/runtime/index.ts';
import { addClaims } from './commands/claims.ts';
import { addClean } from './commands/clean.ts';
import { addCompare } from './commands/compare.ts';
import { addContract } from './commands/contract.ts';
import { addDecide } from './commands/decide.ts';
import { addDoctor } from './commands/doctor.ts';
import { addImpact } from './commands/impact.ts';
import { addLoad } from './commands/load.ts';
import { addPool } from './commands/pool.ts';
import { addProtocol } from './commands/protocol.ts';
import { addRelease } from './commands/release.ts';
import { addReport } from './commands/report.ts';
import { addStructure } from './commands/structure.ts';
import { addUp } from './commands/up.ts';
import { laboratoryOfCheckout } from './laboratory.ts';
import { cancelledCode, CancelledError } from './signals.ts';

/** Runs one command line and returns the exit code. Errors are told on standard error in one sentence. */
export async function runCli(argv: readonly string[]): Promise<number> {
  let laboratory: Laboratory;
  try {
    laboratory = laboratoryOfCheckout();
  } catch (error) {
    process.stderr.write(`cleave: ${onTerminal(inFull(error))}\n`);
    return 1;
  }
  const program = new Command('cleave')
    .description(
      'Runs one application as a monolith, as microservices or cut in any other way, and measures what each cut costs and buys.',
    )
    .version(laboratory.version)
    .configureOutput({ outputError: (text, write) => write(refusalInWords(text)) })
    .exitOverride();
  let code = 0;
  const exit = (wanted: number) => {
    code = wanted;
  };
  addCompare(program, laboratory, exit);
  addUp(program, laboratory);
  addRelease(program, laboratory);
  addImpact(program, laboratory);
  addContract(program, laboratory, exit);
  addProtocol(program, laboratory, exit);
  addStructure(program, laboratory);
  addClaims(program, laboratory);
  addDecide(program, laboratory);
  addReport(program, laboratory, exit);
  addPool(program);
  addLoad(program);
  addDoctor(program, laboratory, exit);
  addClean(program, laboratory, exit);
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    if (error instanceof CancelledError) return cancelledCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    process.stderr.write(`cleave: ${onTerminal(inFull(error))}\n`);
    return 1;
  }
}

/** A wrong argument in the same form as every other refusal; what a parser of our own says of it names the option already. */
function refusalInWords(text: string): string {
  return onTerminal(text.replace(/^error: (?:option '.*' argument '.*' is invalid\. (?=--))?/s, 'cleave: '));
}

/** Text from elsewhere as a terminal may have it: what begins a line anew without ending it would write over what is there. */
function onTerminal(text: string): string {
  return printable(text).replaceAll(/\r(?!\n)/g, '\ufffd');
}
