import { CallError } from '../errors.ts';

/** Another transaction came in between, so that the one that this call belongs to is begun anew: nobody's failure, and of no use to repeat within it. */
export class TransactionConflict extends CallError {
  override name = 'TransactionConflict';

  constructor(message: string, cause: unknown) {
    super('store-unavailable', message, { retryable: false, cause });
  }
}
