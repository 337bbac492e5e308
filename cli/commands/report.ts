import { resolve } from 'node:path';
import { Option, type Command } from 'commander';
import type { Laboratory } from '../../engine/deploy/index.ts';
import { computeFindings } from '../../engine/evaluation/index.ts';
import { recompute } from '../../engine/experiment/index.ts';
import { readResultOrJournal, writeAtomically } from '../../engine/storage/index.ts';
import { exporterOf, exporters } from '../../report/index.ts';

interface ReportOptions {
  format: string;
  out?: string;
  recompute?: boolean;
}

export function addReport(program: Command, _laboratory: Laboratory, exit: (code: number) => void): void {
  program
    .command('report')
    .description('Turns a result file into a document, or computes its findings again.')
    .argument('<result>', 'a result.json, or the journal.ndjson of a run that left none')
    .addOption(
      new Option('--format <format>', 'form of the document')
        .choices(exporters.map((exporter) => exporter.name))
        .default('markdown'),
    )
    .option('--out <file>', 'write to this file instead of standard output')
    .option('--recompute', 'derive every finding again from the raw rounds and compare')
    .action(async (path: string, options: ReportOptions) => {
      const result = await readResultOrJournal(path, computeFindings);
      if (options.recompute === true) {
        const { findings, differences } = recompute(result);
        for (const difference of differences) process.stdout.write(`${difference}\n`);
        process.stdout.write(
          `${findings.length} findings derived again from ${result.rounds.length} rounds, ${differences.length} differ\n`,
        );
        if (differences.length > 0) exit(1);
        return;
      }
      const text = exporterOf(options.format).render(result);
      if (options.out === undefined) process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
      else await writeAtomically(resolve(options.out), text);
    });
}
