import type { Command } from 'commander';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { computeFindings } from '../../engine/evaluation/index.ts';
import { sweepAll, type UnknownThing } from '../../engine/runtime/index.ts';
import { recoverResult, unknownJournals } from '../../engine/storage/index.ts';
import { ageInWords } from '../age.ts';
import { confirmed } from '../confirm.ts';

interface CleanOptions {
  unknown?: boolean;
  yes?: boolean;
  images?: boolean;
}

export function addClean(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  program
    .command('clean')
    .description('Removes what dead runs left, on the engine and as processes; what belongs to a living one is kept.')
    .option(
      '--unknown',
      'also list what nobody can tell alive or dead from here (another PID namespace, another system on this engine), and ask whether to remove it',
    )
    .option(
      '--images',
      'also empty the image cache, the assembled base image included; what a living run may use stays',
    )
    .option('--yes', 'with --unknown: remove it without asking')
    .action(async (options: CleanOptions) => {
      const place = { stateDir: laboratory.stateDirectory, workDir: laboratory.workDirectory };
      const { removed, kept, unknown, failed, noEngine } = await sweepAll({ ...place, images: options.images });
      for (const name of removed) tell(`removed ${name}`);
      // Whoever wants the cache empty wants to know what is in the way.
      if (options.images === true) for (const name of kept) tell(`kept ${name}`);
      tell(`${removed.length} removed, ${kept.length} kept because their run is alive or a container uses them`);
      const journals = await unknownJournals(laboratory.dataDirectory);
      const problems = [...failed];
      if (options.unknown === true) problems.push(...(await cleanUnknown(laboratory, { unknown, journals }, options)));
      else if (unknown.length + journals.length > 0) {
        tell(
          `${unknown.length + journals.length} kept because nobody can tell from here whether their run is alive; "cleave clean --unknown" lists them`,
        );
      }
      if (noEngine !== null) tell(`${noEngine} Only processes were looked at.`);
      for (const problem of problems) process.stderr.write(`cleave: ${problem}\n`);
      if (problems.length > 0) exit(1);
    });
}

interface Unknown {
  unknown: UnknownThing[];
  journals: { id: string; writtenMs: number }[];
}

/** Shows what may belong to a run that is alive, asks, and removes exactly that. Gives what could not be removed, a sentence each. */
async function cleanUnknown(
  laboratory: Laboratory,
  { unknown, journals }: Unknown,
  options: CleanOptions,
): Promise<string[]> {
  const count = unknown.length + journals.length;
  if (count === 0) {
    tell('Nothing is of an unknown owner.');
    return [];
  }
  for (const { title, createdMs } of unknown) tell(`unknown ${title}, ${ageInWords(createdMs, Date.now())}`);
  for (const { id, writtenMs } of journals)
    tell(`unknown journal of run ${id}, last written ${ageInWords(writtenMs, Date.now())}`);
  const question = `Remove these ${count}, although a run in another place may be using them?`;
  if (options.yes !== true && !(await confirmed(question))) {
    tell(`${count} kept`);
    return [];
  }
  const swept = await sweepAll({
    stateDir: laboratory.stateDirectory,
    workDir: laboratory.workDirectory,
    images: options.images,
    alsoRemove: new Set(unknown.map(({ key }) => key)),
  });
  for (const name of swept.removed) tell(`removed ${name}`);
  for (const { id } of journals) {
    await recoverResult(laboratory.dataDirectory, id, computeFindings, { evenUnknown: true });
    tell(`made the result ${id} of its journal`);
  }
  return swept.failed;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
