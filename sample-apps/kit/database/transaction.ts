import type { Connection } from './connection.ts';

/**
 * A transaction as a value: whoever holds it writes in it. It can be handed to co-located modules with the call context.
 * A scope is one call's part of it: undone alone when that call fails, and closed when its caller has given up waiting,
 * so that a late callee cannot write into a transaction that went on without it.
 */
export class Transaction {
  readonly connection: Connection;
  #open = true;
  #child: Transaction | undefined;
  readonly #depth: number;

  constructor(connection: Connection, depth = 0) {
    this.connection = connection;
    this.#depth = depth;
  }

  /** Throws when the transaction has ended or a narrower scope of it is at work. */
  assertUsable(): void {
    if (!this.#open) throw new Error('the transaction has ended; nothing more can be written in it');
    if (this.#child !== undefined) throw new Error('calls that share a transaction must follow one another');
  }

  /** Begins one call's part. */
  scope(): Transaction {
    this.assertUsable();
    const child = new Transaction(this.connection, this.#depth + 1);
    this.connection.execute(`SAVEPOINT call_${this.#depth + 1}`);
    this.#child = child;
    return child;
  }

  /** Ends a part begun with `scope`, keeping or undoing its writes. Does nothing when it has ended already. */
  endScope(child: Transaction, outcome: 'keep' | 'undo'): void {
    if (this.#child !== child) return;
    child.close();
    this.#child = undefined;
    if (!this.#open) return;
    const savepoint = `call_${this.#depth + 1}`;
    if (outcome === 'undo') this.connection.execute(`ROLLBACK TO ${savepoint}`);
    this.connection.execute(`RELEASE ${savepoint}`);
  }

  /** No more use from now on. */
  close(): void {
    this.#open = false;
    this.#child?.close();
  }
}
