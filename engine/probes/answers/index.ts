import { AgentFailure, type HttpAnswer } from '../../agent/index.ts';
import { checkContract, ContractError, type Send } from '../../contracts/index.ts';
import {
  allPrintable,
  deriveSeed,
  languageOf,
  mostKeptDifferences,
  mostToldAnswers,
  printable,
  questionAt,
  unitOf,
  type AnswersMeasurement,
  type AnswersSettings,
} from '../../model/index.ts';
import type { ProbeContext } from '../context.ts';
import type { RunProbe } from '../run.ts';
import { digestOf, inShort, said } from './digest.ts';
import { suiteOf, type AnswersSuite } from './suite.ts';

export { suiteOf } from './suite.ts';

/** For one whole answer, ms. */
const patienceMs = 5000;
/** Who gives no answer to so many questions in a row is asked no more. */
const mostInARow = 5;

/** Asks a module the experiment's questions while nothing else goes on, and holds it to its contract. */
export const runAnswers: RunProbe = async ({ context, laboratory, round, step }) => {
  const settings = context.experiment.probes.answers ?? null;
  if (settings === null) return;
  const { deployment, signal } = context;
  const suite = await suiteOf(laboratory, deployment.application, settings.module, signal);
  round.answers = await step(`Ask ${settings.module} ${settings.questions} questions`, async () => {
    const contract = await heldToContract(context, suite);
    return { ...(await ask(context, settings, suite)), contract };
  });
};

type Asked = Omit<AnswersMeasurement, 'contract'>;

async function ask(context: ProbeContext, { module, questions }: AnswersSettings, suite: AnswersSuite): Promise<Asked> {
  const { deployment, experiment } = context;
  const unit = unitOf(deployment.variant.topology, module);
  // Of the experiment, not of the round: what is the same in all deployments can be compared.
  const seed = deriveSeed(experiment.seed, 'questions', module);
  const asked: Asked = {
    ...{ module, unit: unit.name, language: languageOf(unit), seed, examples: suite.drawn },
    ...{ good: 0, refused: 0, notAnswered: 0, digests: [], told: [], medianMs: null },
  };
  const times: number[] = [];
  let silent = 0;
  for (let index = 0; index < questions; index += 1) {
    const { operation, body } = questionAt(suite.drawn, seed, index);
    const answer = silent >= mostInARow ? null : await answerTo(context, `/${module}/${operation}`, body);
    if (answer === null) {
      silent += 1;
      asked.notAnswered += 1;
      asked.digests.push(null);
      if (asked.told.length < mostToldAnswers) asked.told.push('no answer');
      continue;
    }
    silent = 0;
    if (answer.status === 200) asked.good += 1;
    else asked.refused += 1;
    times.push(answer.endedAtMs - answer.startedAtMs);
    const text = said(answer.status, answer.body);
    asked.digests.push(digestOf(text));
    if (asked.told.length < mostToldAnswers) asked.told.push(inShort(printable(text)));
  }
  return { ...asked, medianMs: medianOf(times) };
}

/** Null where no whole answer came. */
async function answerTo(context: ProbeContext, path: string, body: string): Promise<HttpAnswer | null> {
  const { deployment, signal } = context;
  signal.throwIfAborted();
  const [, module = ''] = path.split('/');
  try {
    return await deployment.agent.request({
      ...{ method: 'POST', url: deployment.unitHosting(module).serviceUrl + path },
      ...{ headers: { 'content-type': 'application/json' }, body, timeoutMs: patienceMs, signal },
    });
  } catch (error) {
    if (!isOfTheUnit(error)) throw error;
    return null;
  }
}

/** What the agent says of a unit, and not of itself. */
const isOfTheUnit = (error: unknown): error is AgentFailure =>
  error instanceof AgentFailure && ['timeout', 'refused', 'reset', 'other'].includes(error.kind);

/** Asks the examples of the contract where all of them can be asked again and again, so that nothing is left of them. */
async function heldToContract(
  { deployment, signal }: ProbeContext,
  { contract, examples }: AnswersSuite,
): Promise<AnswersMeasurement['contract']> {
  const changing = contract.operations.find(({ repeat }) => repeat !== 'safe');
  if (changing !== undefined)
    return {
      ...{ requests: 0, differences: [] },
      notAsked: `${contract.module}.${changing.name} is not safe to repeat, and its examples would leave something behind`,
    };
  const urlOf = (module: string): URL => new URL(deployment.unitHosting(module).serviceUrl);
  const others = examples.flatMap(({ module }) => (module === undefined ? [] : [module]));
  const send: Send = async (base, path, { headers, body, limits }) => {
    try {
      const url = base.origin + base.pathname.replace(/\/$/, '') + path;
      const timeoutMs = limits.requestMs;
      const answer = await deployment.agent.request({ method: 'POST', url, headers, body, timeoutMs, signal });
      const one = (name: string): string | null => answer.headers[name] ?? null;
      return { status: answer.status, type: one('content-type'), location: one('location'), text: answer.body };
    } catch (error) {
      if (!isOfTheUnit(error)) throw error;
      return { came: `nothing (${error.kind})` };
    }
  };
  try {
    const { requests, differences, notAsked } = await checkContract({
      ...{ contract, examples, url: urlOf(contract.module), send, signal },
      others: new Map(others.map((module) => [module, urlOf(module)])),
      limits: { requestMs: patienceMs },
    });
    return allPrintable({
      ...{ requests, differences: differences.slice(0, mostKeptDifferences) },
      notAsked:
        notAsked.length === 0 ? null : notAsked.map(({ example, because }) => `${example}: ${because}`).join('; '),
    });
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    return { requests: 0, notAsked: printable(error.message), differences: [] };
  }
}

function medianOf(values: readonly number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? null : Math.max(0, (low + high) / 2);
}
