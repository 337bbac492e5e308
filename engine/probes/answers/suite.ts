import { ContractError, drawnExamples, loadSuite, type ContractSuite } from '../../contracts/index.ts';
import type { Laboratory } from '../../deploy/index.ts';
import type { Application, DrawnExample } from '../../model/index.ts';

/** What a module is asked: its contract with all examples, and those that questions are drawn from. */
export interface AnswersSuite extends ContractSuite {
  drawn: DrawnExample[];
}

const loaded = new WeakMap<Application, Map<string, AnswersSuite>>();

/** Reads it once for all deployments of an application. Throws ContractError, also where no example is drawn; BundleError; or the signal's reason. */
export async function suiteOf(
  laboratory: Laboratory,
  application: Application,
  module: string,
  signal?: AbortSignal,
): Promise<AnswersSuite> {
  const known = loaded.get(application) ?? new Map<string, AnswersSuite>();
  loaded.set(application, known);
  const found = known.get(module);
  if (found !== undefined) return found;
  const suite = await loadSuite(laboratory, application, module, signal);
  const drawn = drawnExamples(suite.examples);
  if (drawn.length === 0)
    throw new ContractError(
      `examples of "${module}": none has "draw", so that there are no questions to draw; give one of an operation that is safe to repeat a "draw"`,
    );
  const made = { ...suite, drawn };
  known.set(module, made);
  return made;
}
