import { randomUUID } from 'node:crypto';
import { compileJson, noVariables, type Variables } from '../load/index.ts';
import { judgeAnswer, type Expectation, type Finding } from './answer.ts';
import { judgeBy, type Judge } from './conformance.ts';
import { ContractError } from './contract-error.ts';
import type { ContractOperation } from './document.ts';
import { assertExamplesFit, freshVariable, variablesFor, variablesOf, type Example } from './examples.ts';
import { post, type Answer, type ExchangeLimits, type NoAnswer, type Send } from './exchange.ts';
import { shortened, valueAt } from './json.ts';
import { differencesBetween } from './same.ts';
import type { ContractSuite } from './suite.ts';

/** How an implementation differs from a contract in one place. */
export interface AnswerDifference {
  /** `<module>.<operation>`. */
  operation: string;
  /** Where in the answer; `field`: in its body. `answer`: there was no whole one. */
  place: Finding['place'];
  /** Dotted path of the field; empty: the body itself. Only with `field`. */
  field?: string;
  expected: string;
  came: string;
  /** What was asked. */
  request: string;
}

/** What became of a contract's examples against one implementation. */
export interface ContractResult {
  module: string;
  url: string;
  operations: number;
  examples: number;
  /** Requests to the module itself. */
  requests: number;
  differences: AnswerDifference[];
  /** Examples that could not be asked because of what came before them. */
  notAsked: { example: string; because: string }[];
}

export interface CheckLimits extends ExchangeLimits {
  /** For all of it, ms. */
  totalMs: number;
}

/** Of one answer. */
const mostDifferences = 100;

const defaultLimits: CheckLimits = { requestMs: 10_000, answerBytes: 2 ** 20, totalMs: 180_000 };

export interface CheckOptions extends ContractSuite {
  /** Where the implementation answers: `<url>/<module>/<operation>`. */
  url: URL;
  /** Where other modules answer that are asked to make ready; absent: at `url`. */
  others?: ReadonlyMap<string, URL>;
  /** How a request gets there; absent: from this process. */
  send?: Send;
  /** How requests spell the media type of their bodies; absent: `application/json`. */
  mediaType?: string;
  signal?: AbortSignal;
  limits?: Partial<CheckLimits>;
}

/**
 * Asks an implementation of a contract everything that its examples ask, and what every operation has to refuse, one request after another. Throws ContractError where the examples
 * do not fit the contract, nobody answers, another module does not make ready, or the time is over; and the signal's reason.
 */
export async function checkContract({ limits, signal, ...options }: CheckOptions): Promise<ContractResult> {
  assertExamplesFit(options.contract, options.examples);
  const within = { ...defaultLimits, ...limits };
  const over = AbortSignal.timeout(within.totalMs);
  const all = signal === undefined ? over : AbortSignal.any([signal, over]);
  try {
    return await new Check(options, within, all).run();
  } catch (error) {
    signal?.throwIfAborted();
    if (over.aborted)
      throw new ContractError(
        `${options.url.href} did not answer everything within ${within.totalMs / 1000} s, which is the limit for all requests together`,
        { cause: error },
      );
    throw error;
  }
}

interface Question {
  operation: string;
  /** What is asked, for people. */
  request: string;
  body: string;
  key?: string;
  expectation: Expectation;
}

class Check {
  readonly #options: Omit<CheckOptions, 'limits' | 'signal'>;
  readonly #limits: CheckLimits;
  readonly #signal: AbortSignal;
  readonly #operations: ReadonlyMap<string, ContractOperation & { judge: Expectation['judge'] }>;
  readonly #variables: Variables = Object.assign(noVariables(), { [freshVariable]: randomUUID() });
  readonly #differences: AnswerDifference[] = [];
  readonly #notAsked: ContractResult['notAsked'] = [];
  /** Operations that once gave no whole answer: each further request might wait as long. */
  readonly #silent = new Set<string>();
  #requests = 0;

  constructor(options: Omit<CheckOptions, 'limits' | 'signal'>, limits: CheckLimits, signal: AbortSignal) {
    this.#options = options;
    this.#limits = limits;
    this.#signal = signal;
    this.#operations = new Map(
      options.contract.operations.map((operation) => [
        operation.name,
        { ...operation, judge: judgeOf(options.contract.module, operation) },
      ]),
    );
  }

  async run(): Promise<ContractResult> {
    const { contract, examples, url } = this.#options;
    await this.#askForNoOperation();
    for (const { name } of contract.operations)
      await this.#ask({ operation: name, request: 'a body that is not JSON', body: '{', expectation: { status: 400 } });
    for (const example of examples) await this.#show(example);
    return {
      ...{ module: contract.module, url: url.href, operations: contract.operations.length, examples: examples.length },
      ...{ requests: this.#requests, differences: this.#differences, notAsked: this.#notAsked },
    };
  }

  /** Also finds whether anybody is there at all, without changing anything. */
  async #askForNoOperation(): Promise<void> {
    const { contract, url } = this.#options;
    const operation = `none${randomUUID().replaceAll('-', '')}`;
    const answer = await this.#post(operation, '{}');
    if ('came' in answer) throw new ContractError(`expected an answer from ${url.href}, came ${answer.came}`);
    if (answer.location !== null && answer.status >= 300 && answer.status < 400)
      throw new ContractError(
        `expected an answer from ${url.href}, came ${answer.status}: it sends on to another address, which is not followed`,
      );
    const { findings } = judgeAnswer(answer, { status: 404 });
    this.#note(`${contract.module}.<unknown>`, 'an operation that there is not', findings);
  }

  async #show(example: Example): Promise<void> {
    const because = this.#whyNot(example);
    if (because !== undefined) {
      this.#notAsked.push({ example: example.title, because });
      return;
    }
    const variables = variablesFor(example, this.#variables);
    const filled = (value: unknown): string => compileJson(value)(variables);
    const body = filled(example.input);
    const { module } = this.#options.contract;
    if (example.module !== undefined && example.module !== module) {
      await this.#makeReady(example, example.module, body);
      return;
    }
    const { status, error, answer: certain } = example.expect;
    const operation = this.#operations.get(example.operation);
    const question: Question = {
      ...{ operation: example.operation, request: example.title, body },
      ...(example.key === undefined ? {} : { key: headerOf(JSON.parse(filled(example.key))) }),
      expectation: {
        ...{ status, judge: operation?.judge },
        ...(error === undefined ? {} : { error }),
        ...(certain === undefined ? {} : { certain: JSON.parse(filled(certain)) as unknown }),
      },
    };
    const first = await this.#ask(question);
    if (first === undefined) return;
    const isRepeated =
      example.again || (operation?.repeat === 'with-key' && example.key !== undefined && status === 200);
    if (!isRepeated || (await this.#isSameAgain(question, first.body))) this.#capture(example, first.body);
  }

  #whyNot(example: Example): string | undefined {
    const missing = variablesOf(example).find((name) => this.#variables[name] === undefined);
    if (missing !== undefined) return `it goes on with \${${missing}}, which no answer gave`;
    return example.module === undefined && this.#silent.has(example.operation)
      ? `${example.operation} gave no whole answer before`
      : undefined;
  }

  /** Undefined where something about the answer is wrong, so that nothing can be concluded from it. */
  async #ask(question: Question): Promise<{ body: unknown } | undefined> {
    const { operation, request, expectation } = question;
    if (this.#silent.has(operation)) return undefined;
    const answer = await this.#post(operation, question.body, question.key);
    const name = `${this.#options.contract.module}.${operation}`;
    if ('came' in answer) {
      this.#silent.add(operation);
      this.#note(name, request, [{ place: 'answer', expected: 'a whole answer', came: answer.came }]);
      return undefined;
    }
    const { findings, body } = judgeAnswer(answer, expectation);
    this.#note(name, request, findings);
    return findings.length === 0 ? { body } : undefined;
  }

  async #isSameAgain(question: Question, first: unknown): Promise<boolean> {
    const request = `${question.request}, asked again`;
    const second = await this.#ask({ ...question, request });
    if (second === undefined) return false;
    const differences = differencesBetween(first, second.body, { more: false });
    this.#note(
      `${this.#options.contract.module}.${question.operation}`,
      request,
      differences.map(({ expected, ...rest }) => ({ place: 'field', expected: `${expected} as before`, ...rest })),
    );
    return differences.length === 0;
  }

  async #makeReady({ title, operation }: Example, module: string, body: string): Promise<void> {
    const { url, others } = this.#options;
    const at = others?.get(module) ?? url;
    const answer = await this.#send(at, `/${module}/${operation}`, body);
    const problem = 'came' in answer ? answer.came : judgeAnswer(answer, { status: 200 }).findings[0]?.came;
    if (problem !== undefined)
      throw new ContractError(
        `"${title}" asks ${module}.${operation} at ${at.href} to make ready, and came: ${problem}; say where ${module} answers with --with ${module}=URL`,
      );
  }

  #capture({ capture }: Example, body: unknown): void {
    for (const [name, path] of Object.entries(capture)) {
      const value = valueAt(body, path.split('.'));
      if (value !== undefined) this.#variables[name] = value as Variables[string];
    }
  }

  async #post(operation: string, body: string, key?: string): Promise<Answer | NoAnswer> {
    this.#requests++;
    const { contract, url } = this.#options;
    return this.#send(url, `/${contract.module}/${operation}`, body, key);
  }

  #send(base: URL, path: string, body: string, key?: string): Promise<Answer | NoAnswer> {
    const { mediaType = 'application/json' } = this.#options;
    const headers = { 'content-type': mediaType, ...(key === undefined ? {} : { 'idempotency-key': key }) };
    const { send = post } = this.#options;
    return send(base, path, { headers, body, limits: this.#limits, signal: this.#signal });
  }

  #note(operation: string, request: string, findings: readonly Finding[]): void {
    for (const finding of findings.slice(0, mostDifferences)) {
      const { place, expected, came } = finding;
      const field = finding.place === 'field' ? { field: finding.path.join('.') } : {};
      this.#differences.push({ operation, place, ...field, expected, came, request });
    }
  }
}

function judgeOf(module: string, { name, output }: ContractOperation): Judge {
  try {
    return judgeBy(output);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    throw new ContractError(
      `what ${module}.${name} answers cannot be checked: its schema is none: ${shortened(said)}`,
      {
        cause: error,
      },
    );
  }
}

function headerOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
