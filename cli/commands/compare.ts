import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { firstIssue } from '../../engine/deploy/index.ts';
import { runExperiment } from '../../engine/experiment/index.ts';
import {
  experimentSchema,
  presets,
  type Experiment,
  type Result,
  type RuntimeChoice,
} from '../../engine/model/index.ts';
import { formatResult, writeAtomically } from '../../engine/storage/index.ts';
import { renderHtml } from '../../report/index.ts';
import { appOption, applicationFrom, numberWithin, runtimeOption, topologyFrom } from '../options.ts';
import { showProgress } from '../progress/index.ts';
import { withCancel } from '../signals.ts';
import { summaryTable } from '../summary.ts';

interface CompareOptions {
  app: string;
  variants?: string;
  preset: string;
  experiment?: string;
  runtime: RuntimeChoice;
  rate?: number;
  blocks?: number;
  seed?: number;
  aa?: boolean;
  json?: boolean;
  out?: string;
}

const maximumExperimentBytes = 1_000_000;

export function addCompare(program: Command, laboratory: Laboratory, exit: (code: number) => void): void {
  program
    .command('compare')
    .description('Deploys, loads and breaks every variant in interleaved rounds and writes a report.')
    .addOption(appOption())
    .option(
      '--variants <list>',
      'topologies to compare, comma-separated; the first is the baseline (names of the manifest, or name=unit:module+module|unit:module)',
    )
    .option('--preset <name>', `how much to measure: ${Object.keys(presets).join(', ')}`, 'quick')
    .option('--experiment <file>', 'an experiment file (JSON) instead of a preset')
    .addOption(runtimeOption())
    .option('--rate <journeys>', 'journeys started per second', numberWithin('--rate', 0.1, 10_000))
    .option('--blocks <count>', 'blocks of rounds', numberWithin('--blocks', 1, 100, true))
    .option(
      '--seed <number>',
      'seed of the order, the arrivals and what visitors do',
      numberWithin('--seed', 0, 2 ** 31 - 1, true),
    )
    .option('--aa', 'compare the baseline with itself, to see the noise')
    .option('--json', 'print the result as JSON on standard output and nothing else')
    .option('--out <folder>', 'also write result.json and report.html into this folder')
    .action(async (options: CompareOptions) => {
      const experiment = await experimentFrom(options, laboratory);
      const progress = showProgress(options.json === true ? process.stderr : process.stdout);
      const { value: result, cancelled } = await withCancel((signal) =>
        runExperiment(experiment, { laboratory, signal, onEvent: progress.onEvent }),
      ).finally(() => progress.end());
      const files = await writeFiles(result, laboratory, options.out);
      if (options.json === true) process.stdout.write(`${formatResult(result)}\n`);
      else process.stdout.write(`${summaryTable(result)}\n\nReport: ${files.html}\nResult: ${files.json}\n`);
      if (cancelled) exit(130);
      else if (result.status !== 'completed') {
        process.stderr.write(`cleave: ${result.reason ?? result.status}\n`);
        exit(1);
      }
    });
}

async function experimentFrom(options: CompareOptions, laboratory: Laboratory): Promise<Experiment> {
  const base =
    options.experiment === undefined ? await fromPreset(options, laboratory) : await fromFile(options.experiment);
  const changed: Experiment = {
    ...base,
    runtime: options.runtime,
    seed: options.seed ?? base.seed,
    blocks: options.blocks ?? base.blocks,
    load: { ...base.load, journeysPerSecond: options.rate ?? base.load.journeysPerSecond },
  };
  return options.aa === true
    ? { ...changed, title: `${changed.title} (A/A)`, variants: changed.variants.slice(0, 1), noiseFloor: true }
    : changed;
}

async function fromPreset(options: CompareOptions, laboratory: Laboratory): Promise<Experiment> {
  const preset = Object.hasOwn(presets, options.preset) ? presets[options.preset as keyof typeof presets] : undefined;
  if (preset === undefined)
    throw new Error(`unknown preset "${options.preset}"; allowed: ${Object.keys(presets).join(', ')}`);
  const application = await applicationFrom(laboratory, options.app);
  const experiment = preset.build(application);
  if (options.variants === undefined) return experiment;
  const settings = experiment.variants[0]?.settings;
  const variants = options.variants.split(',').map((text) => {
    const topology = topologyFrom(text.trim(), application);
    return { name: topology.name, topology, settings };
  });
  return parseExperiment({ ...experiment, variants }, 'the command line');
}

async function fromFile(path: string): Promise<Experiment> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    throw new Error(
      `the experiment file ${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`,
    );
  });
  if (text.length > maximumExperimentBytes) throw new Error(`the experiment file ${path} is larger than 1 MB`);
  try {
    return parseExperiment(JSON.parse(text), path);
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new Error(`the experiment file ${path} is not JSON: ${error.message}`, { cause: error });
    throw error;
  }
}

function parseExperiment(data: unknown, source: string): Experiment {
  const parsed = experimentSchema.safeParse(data);
  if (!parsed.success) throw new Error(`${source}: ${firstIssue(parsed.error)}`);
  return parsed.data;
}

/** The report beside the stored result, or both into the folder that was asked for. */
async function writeFiles(
  result: Result,
  laboratory: Laboratory,
  out: string | undefined,
): Promise<{ html: string; json: string }> {
  const folder = out === undefined ? join(laboratory.dataDirectory, 'results', result.id) : resolve(out);
  const files = { html: join(folder, 'report.html'), json: join(folder, 'result.json') };
  await writeAtomically(files.html, renderHtml(result));
  if (out !== undefined) await writeAtomically(files.json, formatResult(result));
  return files;
}
