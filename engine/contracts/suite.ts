import type { Laboratory } from '../deploy/index.ts';
import type { Application } from '../model/index.ts';
import { ContractError } from './contract-error.ts';
import { describeContract } from './describe.ts';
import type { Contract } from './document.ts';
import { assertExamplesFit, loadExamples, type Example } from './examples.ts';

/** A contract and the examples that show it. */
export interface ContractSuite {
  contract: Contract;
  examples: readonly Example[];
}

/** What an application says of one of its modules. Throws ContractError, also where the module offers no operations; BundleError; or the signal's reason. */
export async function loadSuite(
  laboratory: Pick<Laboratory, 'applicationsDirectory' | 'bundleDescription' | 'nodePath'>,
  application: Application,
  module: string,
  signal?: AbortSignal,
): Promise<ContractSuite> {
  const contract = await describeContract(laboratory, application, module, { signal });
  if (contract.operations.length === 0)
    throw new ContractError(`module "${module}" offers no operations to others, so that there is nothing to ask`);
  const examples = await loadExamples(laboratory, application, module);
  assertExamplesFit(contract, examples);
  return { contract, examples };
}
