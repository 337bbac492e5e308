/** A contract, its examples or whoever should answer for it cannot be used; one sentence. */
export class ContractError extends Error {
  override name = 'ContractError';
}
