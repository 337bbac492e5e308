import { Option, type Command } from 'commander';
import { judgeStored } from '../../engine/claims/index.ts';
import type { Laboratory } from '../../engine/deploy/index.ts';
import {
  allPrintable,
  canBuild,
  decisionQuestions,
  mostWeight,
  startingWeights,
  type DecisionWeights,
} from '../../engine/model/index.ts';
import { decide } from '../../report/index.ts';
import { appOption, applicationFrom } from '../options.ts';
import { decisionInWords } from './decision-in-words.ts';

interface DecideCommand {
  app: string;
  weights: DecisionWeights;
  runtime?: 'docker' | 'process';
  json?: boolean;
}

export function addDecide(program: Command, laboratory: Laboratory): void {
  program
    .command('decide')
    .description(
      'Says which cut fits, by the stored results of this source on this machine and by what counts for you. Nothing is deployed.',
    )
    .addOption(appOption())
    .addOption(
      new Option(
        '--weights <weights>',
        `what counts, 0 to ${mostWeight}: ${Object.keys(startingWeights).join(', ')}, or for example latency=3,cost=1`,
      )
        .default(startingWeights['small-team'].weights, 'small-team')
        .argParser(weightsFrom),
    )
    .addOption(new Option('--runtime <runtime>', 'results of which runtime count').choices(['docker', 'process']))
    .option('--json', 'print one JSON object')
    .action(async ({ app, weights, runtime, json = false }: DecideCommand) => {
      const application = await applicationFrom(laboratory, app);
      const claims = await judgeStored(laboratory, application, runtime ?? null);
      const decision = decide(claims, weights, (preset) => canBuild(preset, application));
      process.stdout.write(
        `${json ? JSON.stringify(allPrintable({ weights, decision: decision && { ...decision, counting: [...decision.counting] } })) : decisionInWords(decision, weights, claims)}\n`,
      );
    });
}

const names = decisionQuestions.filter(({ measuredBy }) => measuredBy.length > 0).map(({ name }): string => name);

/** Reads a named set of weights, or pairs of question and weight. Throws an Error with one sentence. */
export function weightsFrom(text: string): DecisionWeights {
  const set = new Map<string, { weights: DecisionWeights }>(Object.entries(startingWeights)).get(text);
  if (set !== undefined) return set.weights;
  const pairs = text.split(',').map((part): [string, number] => {
    const [name = '', value, ...rest] = part.trim().split('=');
    const weight = value === undefined || value.trim() === '' ? Number.NaN : Number(value);
    if (!names.includes(name) || rest.length > 0 || !(weight >= 0 && weight <= mostWeight))
      throw new Error(
        `--weights: "${part}" is not readable; allowed: ${Object.keys(startingWeights).join(', ')}, or question=weight with commas between them, where a weight is 0 to ${mostWeight} and a question is one of ${names.join(', ')}`,
      );
    return [name, weight];
  });
  const twice = pairs.find(([name], at) => pairs.findIndex(([other]) => other === name) < at);
  if (twice !== undefined) throw new Error(`--weights: "${twice[0]}" is there twice; allowed: each question once`);
  return Object.fromEntries(pairs);
}
