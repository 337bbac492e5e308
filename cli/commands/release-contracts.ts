import { ContractError } from '../../engine/contracts/index.ts';
import { DeployError, oneDocument, type ApiDocument, type Deployment } from '../../engine/deploy/index.ts';
import type { ContractDifference } from '../../engine/model/index.ts';

/** Why contracts are not told: a release can be watched without them. */
export type Untold = ContractError | DeployError;

/** What the units say of their contracts now, as one document, or why that cannot be had. */
export function contractsNow(deployment: Pick<Deployment, 'documents'>): Promise<ApiDocument | Untold> {
  return orUntold(async () => oneDocument(await deployment.documents()));
}

/** What is otherwise in contracts since `before`, or why that cannot be told. */
export async function contractsSince(
  before: ApiDocument | Untold,
  deployment: Pick<Deployment, 'documents' | 'compare'>,
  signal: AbortSignal,
): Promise<readonly ContractDifference[] | Untold> {
  if (isUntold(before)) return before;
  const after = await contractsNow(deployment);
  return isUntold(after) ? after : orUntold(() => deployment.compare(before, after, signal));
}

export const isUntold = (what: unknown): what is Untold => what instanceof ContractError || what instanceof DeployError;

/** Whatever else goes wrong is thrown on. */
async function orUntold<T>(told: () => Promise<T>): Promise<T | Untold> {
  try {
    return await told();
  } catch (error) {
    if (isUntold(error)) return error;
    throw error;
  }
}
