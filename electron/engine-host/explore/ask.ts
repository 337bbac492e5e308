import { askExample, loadExamples, type Question } from '../../../engine/contracts/index.ts';
import type { Deployment, Laboratory } from '../../../engine/deploy/index.ts';
import {
  allPrintable,
  longestAnswer,
  own,
  unitOf,
  type ApiAnswer,
  type RuntimeKind,
} from '../../../engine/model/index.ts';
import { Problem, problemData } from '../../host-protocol/index.ts';

/** For one whole answer, and for all of them together. */
const patienceMs = 10_000;
const allPatienceMs = 60_000;

/** Which example of a module is asked, and how many times in a row. */
export interface AskedExample {
  module: string;
  operation: string;
  /** Among the examples of the module. */
  example: number;
  times: number;
}

/**
 * Asks a module of a deployment one of its examples, from beside the application, one time after another; ends early where an answer is not as the example says. Throws Problem, or
 * the signal's reason.
 */
export async function askModule(
  deployment: Deployment,
  { laboratory, runtime, signal }: { laboratory: Laboratory; runtime: RuntimeKind; signal: AbortSignal },
  { module, operation, example, times }: AskedExample,
): Promise<ApiAnswer> {
  const { application, agent } = deployment;
  const { topology } = deployment.variant;
  if (own(application.modules, module) === undefined)
    throw new Problem(
      'bad-arguments',
      `Unknown module "${module}"; allowed: ${Object.keys(application.modules).join(', ')}.`,
    );
  const examples = await loadExamples(laboratory, application, module);
  const chosen = examples[example];
  if (chosen?.operation !== operation || (chosen.module ?? module) !== module)
    throw new Problem('gone', `${module}.${operation} has no such example any more.`, 'Open this page again.');
  const over = AbortSignal.timeout(allPatienceMs);
  const all = AbortSignal.any([signal, over]);
  const send = (question: Question) =>
    agent.request({
      method: 'POST',
      url: `${deployment.unitHosting(question.module).serviceUrl}/${question.module}/${question.operation}`,
      headers: {
        'content-type': 'application/json',
        ...(question.key === null ? {} : { 'idempotency-key': question.key }),
      },
      ...{ body: question.body, timeoutMs: patienceMs, signal: all },
    });
  const tookMs: number[] = [];
  try {
    for (;;) {
      const { question, reply } = await askExample(module, examples, example, send);
      tookMs.push(reply.endedAtMs - reply.startedAtMs);
      if (tookMs.length < times && reply.status === chosen.expect.status) continue;
      // Whatever a unit answers is shown.
      return allPrintable({
        ...{ topology, runtime, unit: unitOf(topology, module).name, request: question.body, key: question.key },
        ...{ status: reply.status, body: reply.body.slice(0, longestAnswer).toWellFormed() },
        ...{ isCut: reply.body.length > longestAnswer, tookMs },
      });
    }
  } catch (error) {
    signal.throwIfAborted();
    const why = over.aborted
      ? `not everything was answered within ${allPatienceMs / 1000} s`
      : problemData(error).message.replace(/\.$/, '');
    throw new Problem(
      'no-answer',
      `${module}.${operation} cannot be asked: ${why}.`,
      'Look in Explore whether its unit runs, undo what is broken there, and ask again.',
      { cause: error },
    );
  }
}
