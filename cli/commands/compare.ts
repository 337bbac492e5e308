import { Option, type Command } from 'commander';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { runExperiment, UnstoredResult } from '../../engine/experiment/index.ts';
import { presets, printable, type Experiment, type LabEvent, type Result } from '../../engine/model/index.ts';
import { formatResult, readResultFile } from '../../engine/storage/index.ts';
import { experimentFrom, type ExperimentOptions } from '../experiment.ts';
import { keepFiles, prepareFolder } from '../keep-files.ts';
import { appOption, numberWithin, runtimeOption, spanWithin, storeOption, topologyHelp } from '../options.ts';
import { showProgress } from '../progress/index.ts';
import { cancelledCode, withCancel } from '../signals.ts';
import { summaryOf } from '../summary/index.ts';

interface CompareOptions extends ExperimentOptions {
  /** A result file to go on from. */
  continue?: string;
  json?: boolean;
  out?: string;
}

const otherPresets = Object.keys(presets).filter((name) => !['smoke', 'quick', 'standard'].includes(name));

export function addCompare(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  program
    .command('compare')
    .description('Deploys, loads and breaks every variant in interleaved rounds and writes a report.')
    .addOption(appOption())
    .option(
      '--variants <list>',
      `topologies to compare, comma-separated; the first is the baseline (each: ${topologyHelp})`,
    )
    .option(
      '--preset <name>',
      `how much to measure: smoke (about 2 min), quick (at most 5 min), standard (at most 8 min), or one of ${otherPresets.join(', ')}`,
      'quick',
    )
    .addOption(
      new Option(
        '--experiment <file>',
        'an experiment file (JSON or YAML), or the name of a saved one, instead of a preset; or a result file: what it measured is measured again',
      ).conflicts(['preset', 'app']),
    )
    .addOption(
      new Option(
        '--continue <result>',
        'a result file whose plan has looks left: its blocks are kept and the next ones measured, on the same machine with the same source',
      ).conflicts(['preset', 'app', 'experiment', 'variants', 'runtime', 'store', 'rate', 'blocks', 'seed', 'aa']),
    )
    .addOption(runtimeOption())
    .addOption(storeOption())
    .option(
      '--rate <journeys>',
      "journeys started per second, 0.1 to 10000 instead of the preset's",
      numberWithin('--rate', 0.1, 10_000),
    )
    .addOption(
      new Option(
        '--budget <time>',
        'time that blocks may be begun in, for example 5m: ends sooner once every headline is decided',
      ).argParser(spanWithin('--budget', 10_000, 24 * 3_600_000)),
    )
    .addOption(
      new Option('--blocks <count>', 'exactly so many blocks, 1 to 100, judged once at the end')
        .argParser(numberWithin('--blocks', 1, 100, true))
        .conflicts(['budget']),
    )
    .option(
      '--seed <number>',
      'seed of the order, the arrivals and what visitors do',
      numberWithin('--seed', 0, 2 ** 31 - 1, true),
    )
    .option('--aa', 'compare the baseline with itself, to see the noise')
    .option('--json', 'print the result as JSON on standard output and nothing else')
    .option('--out <folder>', 'also write result.json and report.html into this folder')
    .action(async (options: CompareOptions) => {
      const continues = options.continue === undefined ? undefined : await readResultFile(options.continue);
      const { experiment, leftOut } =
        continues === undefined
          ? await experimentFrom(options, laboratory)
          : { experiment: goingOn(continues, options), leftOut: [] };
      if (leftOut.length > 0)
        process.stderr.write(
          `Left out, so that three deployments of each cut fit the budget: ${leftOut.join(', ')}.\n`,
        );
      if (options.out !== undefined) await prepareFolder(options.out);
      const progress = showProgress(options.json === true ? process.stderr : process.stdout);
      const { value, cancelled } = await withCancel((signal) =>
        runToItsEnd(experiment, { laboratory, signal, onEvent: progress.onEvent, ...(continues && { continues }) }),
      ).finally(() => progress.end());
      const { result, unstored } = value;
      const files = await keepFiles(result, { laboratory, stored: unstored === null, out: options.out });
      if (options.json === true) process.stdout.write(`${printable(formatResult(result))}\n`);
      else process.stdout.write(`${[summaryOf(result), ...files.written].join('\n')}\n`);
      const problem = [unstored, files.problem, result.status === 'failed' ? result.reason : null].find(
        (text) => text !== null,
      );
      if (problem !== undefined) process.stderr.write(`cleave: ${printable(problem)}\n`);
      if (cancelled) exit(cancelledCode);
      else if (problem !== undefined) exit(1);
    });
}

/** The plan of a result, with a new budget where one is given. */
function goingOn({ experiment }: Result, { budget }: CompareOptions): Experiment {
  return { ...experiment, budgetMs: budget ?? experiment.budgetMs };
}

/** The result, and why it could not be stored if that is so. */
async function runToItsEnd(
  experiment: Experiment,
  options: { laboratory: Laboratory; signal: AbortSignal; onEvent: (event: LabEvent) => void; continues?: Result },
): Promise<{ result: Result; unstored: string | null }> {
  try {
    return { result: await runExperiment(experiment, options), unstored: null };
  } catch (error) {
    if (error instanceof UnstoredResult) return { result: error.result, unstored: error.message };
    throw error;
  }
}
