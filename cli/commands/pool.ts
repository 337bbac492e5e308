import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { computeFindings, poolResults, poolSourceOf, type PoolSource } from '../../engine/evaluation/index.ts';
import { allPrintable } from '../../engine/model/index.ts';
import { readResultOrJournal, writeAtomically } from '../../engine/storage/index.ts';
import { pooledCsv, pooledMarkdown } from '../../report/index.ts';
import { pooledInWords } from './pool-in-words.ts';

/** More files than a class has. */
const mostFiles = 100;

interface PoolCommand {
  apart?: boolean;
  whole?: boolean;
  json?: boolean;
  csv?: string;
  out?: string;
}

export function addPool(program: Command): void {
  program
    .command('pool')
    .description(
      'Takes results of the same experiment on several machines together, the machine being what is repeated. Nothing is deployed.',
    )
    .argument('<results...>', `2 to ${mostFiles} files: result.json, or the journal.ndjson of a run that left none`)
    .option('--apart', 'each file is of a machine of its own, for machines of one model that no result tells apart')
    .option('--whole', 'with every measure, what another machine would show, and the value of each machine')
    .option('--json', 'print one JSON object')
    .option('--csv <file>', 'also write findings and the values of each machine into this file')
    .option('--out <file>', 'also write all of it into this Markdown file')
    .action(async (files: string[], { apart = false, whole = false, json = false, csv, out }: PoolCommand) => {
      if (files.length < 2 || files.length > mostFiles)
        throw new Error(
          `pool: there ${files.length === 1 ? 'is 1 file' : `are ${files.length} files`}; allowed: 2 to ${mostFiles}`,
        );
      const results = new Set(files.map((file) => resolve(file)));
      for (const [option, file] of [
        ['--csv', csv],
        ['--out', out],
      ] as const)
        if (file !== undefined && results.has(resolve(file)))
          throw new Error(`${option}: ${file} is one of the results; name another file`);
      const pooled = poolResults(await sourcesIn(files), { apart });
      const isPooled = pooled.machines.length > 0;
      if (isPooled && csv !== undefined) await written('--csv', csv, pooledCsv(pooled));
      if (isPooled && out !== undefined) await written('--out', out, pooledMarkdown(pooled));
      process.stdout.write(`${json ? JSON.stringify(allPrintable(pooled)) : pooledInWords(pooled, whole)}\n`);
      if (!isPooled) throw new Error('none of these results can be pooled');
    });
}

/** One after another: each of them may be tens of megabytes. */
async function sourcesIn(files: readonly string[]): Promise<PoolSource[]> {
  const sources: PoolSource[] = [];
  for (const file of files) {
    try {
      sources.push(poolSourceOf(file, await readResultOrJournal(file, computeFindings)));
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      const name = basename(file);
      // Of a class many files have one name.
      throw new Error(why.startsWith(name) ? `${file}${why.slice(name.length)}` : `${file}: ${why}`, { cause: error });
    }
  }
  return sources;
}

async function written(option: string, file: string, text: string): Promise<void> {
  await writeAtomically(resolve(file), text).catch((error: unknown) => {
    throw new Error(`${option}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  });
}
