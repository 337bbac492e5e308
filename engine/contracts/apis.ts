import type { Laboratory } from '../deploy/index.ts';
import { own, type ApiExample, type ApiModule, type Application } from '../model/index.ts';
import { askedBefore } from './ask.ts';
import { ContractError } from './contract-error.ts';
import { describeContracts } from './describe.ts';
import { loadExamples, type Example } from './examples.ts';
import { offered } from './offered.ts';

/** What every module of an application offers to others, as its sources and its examples say; nothing is deployed. Throws as `describeContracts`. */
export async function describeApis(
  laboratory: Pick<Laboratory, 'applicationsDirectory' | 'bundleDescription' | 'nodePath'>,
  application: Application,
  signal?: AbortSignal,
): Promise<ApiModule[]> {
  const contracts = await describeContracts(laboratory, application, signal);
  return Promise.all(
    contracts.map(async ({ module, operations }) => {
      const { examples, problem } = await examplesOf(laboratory, application, module);
      return {
        ...{ module, problem },
        operations: operations.map((operation) => ({
          ...offered(operation),
          examples: examples.flatMap((example, index) =>
            (example.module ?? module) === module && example.operation === operation.name
              ? [shown(module, examples, example, index)]
              : [],
          ),
        })),
      };
    }),
  );
}

/** Without examples a contract is shown all the same. */
async function examplesOf(
  laboratory: Pick<Laboratory, 'applicationsDirectory'>,
  application: Application,
  module: string,
): Promise<{ examples: Example[]; problem: string | null }> {
  const file = own(application.modules, module)?.examples;
  if (file === undefined) return { examples: [], problem: null };
  try {
    return { examples: await loadExamples(laboratory, application, module), problem: null };
  } catch (error) {
    const problem =
      error instanceof ContractError ? error.message : `examples of "${module}": "${file}" cannot be read`;
    return { examples: [], problem: `${problem}.` };
  }
}

function shown(module: string, examples: readonly Example[], example: Example, index: number): ApiExample {
  const { title, input, key, expect, draw } = example;
  return {
    ...{ index, title, input, isDrawn: draw !== undefined, hasKey: key !== undefined, status: expect.status },
    before: askedBefore(examples, index).map((one) => `${one.module ?? module}.${one.operation}`),
  };
}
