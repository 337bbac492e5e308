import type { Laboratory } from '../deploy/index.ts';
import {
  own,
  printable,
  type ApiField,
  type Application,
  type OfferedContract,
  type OfferedOperation,
} from '../model/index.ts';
import { describeContracts } from './describe.ts';
import type { ContractOperation } from './document.ts';
import { loadExamples } from './examples.ts';
import { fieldsOf } from './fields.ts';

type Sources = Pick<Laboratory, 'applicationsDirectory' | 'bundleDescription' | 'nodePath'>;

/** What every module offers, as by `describeContracts`, and how many examples show it; nothing where the sources do not say. Throws the signal's reason alone. */
export async function describeOffers(
  laboratory: Sources,
  application: Application,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, OfferedContract>> {
  try {
    const contracts = await describeContracts(laboratory, application, signal);
    const offers = contracts.map(async ({ module, operations }): Promise<[string, OfferedContract]> => [
      module,
      { operations: operations.map(offered), examples: await examplesOf(laboratory, application, module) },
    ]);
    return new Map(await Promise.all(offers));
  } catch {
    signal?.throwIfAborted();
    return new Map();
  }
}

async function examplesOf(laboratory: Sources, application: Application, module: string): Promise<number | null> {
  if (own(application.modules, module)?.examples === undefined) return null;
  return loadExamples(laboratory, application, module).then(
    (examples) => examples.filter((example) => (example.module ?? module) === module).length,
    () => null,
  );
}

/** What is told of a field at most, characters. */
const longest = 500;

/** An operation as people read it; what its sources say of it is bounded, and fit to be shown. Pure. */
export function offered({ name, summary, repeat, input, output }: ContractOperation): OfferedOperation {
  return {
    ...{ name, summary: printable(summary), repeat },
    ...{ input: fieldsOf(input).map(told), output: fieldsOf(output).map(told) },
  };
}

function told({ path, type, required }: ApiField): ApiField {
  return { path: printable(path.slice(0, longest)), type: printable(type.slice(0, longest)), required };
}
