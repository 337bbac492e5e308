/** The connection that a transaction has to itself. */
export interface Session {
  /** Runs statements without values in their turn, before any that is asked for afterwards. One that fails makes all that follow fail, the commit too. */
  execute(sql: string): void;
}

/**
 * A transaction as a value: whoever holds it writes in it. It can be handed to co-located modules with the call context.
 * A scope is one call's part of it: undone alone when that call fails, and closed when its caller has given up waiting,
 * so that a late callee cannot write into a transaction that went on without it.
 */
export class Transaction {
  readonly session: Session;
  #open = true;
  #failed = false;
  #doom: Error | undefined;
  #child: Transaction | undefined;
  readonly #parent: Transaction | undefined;
  readonly #depth: number;

  constructor(session: Session, parent?: Transaction) {
    this.session = session;
    this.#parent = parent;
    this.#depth = parent === undefined ? 0 : parent.#depth + 1;
  }

  /** Throws when the transaction has ended, can only be undone or a narrower scope of it is at work. */
  assertUsable(): void {
    if (!this.#open) throw new Error('the transaction has ended; nothing more can be written in it');
    const { doom } = this;
    if (doom !== undefined) throw doom;
    if (this.#failed) throw new Error('a statement of the transaction has failed; it can only be undone');
    if (this.#child !== undefined) throw new Error('calls that share a transaction must follow one another');
  }

  /** A statement of this part has failed: no store would forget that. */
  fail(): void {
    this.#failed = true;
  }

  /** Nothing but the end of all of it is possible any more, for this reason. */
  doomAll(reason: Error): void {
    if (this.#parent === undefined) this.#doom ??= reason;
    else this.#parent.doomAll(reason);
  }

  /** Why all of it must be undone; undefined: it need not. */
  get doom(): Error | undefined {
    return this.#parent === undefined ? this.#doom : this.#parent.doom;
  }

  /** Begins one call's part. */
  scope(): Transaction {
    this.assertUsable();
    const child = new Transaction(this.session, this);
    this.session.execute(`SAVEPOINT ${child.#savepoint}`);
    this.#child = child;
    return child;
  }

  /**
   * Ends a part begun with `scope`, keeping or undoing its writes. Does nothing when it has ended already. Throws when what was to be kept has a statement
   * that failed; it is undone then.
   */
  endScope(child: Transaction, outcome: 'keep' | 'undo'): void {
    if (this.#child !== child) return;
    child.close();
    this.#child = undefined;
    if (!this.#open || this.doom !== undefined) return;
    const undone = outcome === 'undo' || child.#failed;
    this.session.execute(`${undone ? `ROLLBACK TO ${child.#savepoint}; ` : ''}RELEASE ${child.#savepoint}`);
    if (outcome === 'keep' && undone)
      throw new Error('a statement of the call has failed; its part of the transaction is undone');
  }

  /** No more use from now on. */
  close(): void {
    this.#open = false;
    this.#child?.close();
  }

  get #savepoint(): string {
    return `call_${this.#depth}`;
  }
}
