import { Option, type Command } from 'commander';
import { runStandaloneLoad, type StandaloneReport } from '../../engine/load/index.ts';
import { allPrintable } from '../../engine/model/index.ts';
import { numberWithin } from '../options.ts';

interface LoadOptions {
  url: string;
  rate: number;
  duration: number;
  arrivals: 'poisson' | 'constant';
  seed: number;
}

export function addLoad(program: Command): void {
  program
    .command('load')
    .description('Runs the load generator alone against an address of this machine and prints one JSON object.')
    .requiredOption('--url <url>', 'address to load, loopback only')
    .requiredOption(
      '--rate <journeys>',
      'journeys begun per second, of one request each, 0.1 to 100000',
      numberWithin('--rate', 0.1, 100_000),
    )
    .requiredOption('--duration <seconds>', 'length of the load, 0.1 to 3600 s', numberWithin('--duration', 0.1, 3600))
    .addOption(new Option('--arrivals <model>', 'arrival model').choices(['poisson', 'constant']).default('poisson'))
    .option('--seed <number>', 'seed of the arrivals', numberWithin('--seed', 0, 2 ** 31 - 1, true), 1)
    .option('--json', 'print JSON (the only form)')
    .action(async (options: LoadOptions) => {
      const report = await runStandaloneLoad({
        url: options.url,
        ratePerSecond: options.rate,
        durationS: options.duration,
        arrivals: options.arrivals,
        seed: options.seed,
      });
      process.stdout.write(`${JSON.stringify(allPrintable(report))}\n`);
      if (report.good + report.late === 0)
        throw new Error(
          `none of the ${report.scheduled} requests to ${options.url} got a good answer: ${reasonsOf(report)}`,
        );
    });
}

/** What became of the requests, most frequent first. */
function reasonsOf({ dropped, errors }: StandaloneReport): string {
  const words = {
    ...{ status: 'another status than 2xx', shape: 'another shape', timeout: 'no answer in time' },
    ...{ refused: 'refused', reset: 'connection lost', other: 'not HTTP' },
  };
  const kinds = Object.entries(words).map(([kind, text]) => ({ text, count: errors[kind as keyof typeof words] }));
  return [...kinds, { text: 'not sent', count: dropped }]
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .map(({ text, count }) => `${count} ${text}`)
    .join(', ');
}
