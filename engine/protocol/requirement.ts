import type { Bench } from './bench.ts';

/** What any program must do to be a unit. */
export interface Requirement {
  /** Short, and the same in docs/protocol.md. */
  name: string;
  title: string;
  /** It is about how much or how long, which only a machine that does little else can tell. */
  isMeasured?: true;
  /** Throws NotMet, or NotAsked. What it gives is told: what was found, in numbers. */
  check(bench: Bench): Promise<string | void>;
}

/** A requirement is not met: what was asked, and what came instead of what should. */
export class NotMet extends Error {
  override name = 'NotMet';
  readonly asked: string;
  readonly expected: string;
  readonly came: string;

  constructor(asked: string, expected: string, came: string) {
    super(`${asked}: expected ${expected}, came ${came}`);
    this.asked = asked;
    this.expected = expected;
    this.came = came;
  }
}

/** A requirement cannot be asked here; the message says why. */
export class NotAsked extends Error {
  override name = 'NotAsked';
}

/** A value as it stands in a sentence, in at most 120 characters. */
export function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'nothing');
  return text.length <= 120 ? text : `${text.slice(0, 119).toWellFormed()}…`;
}

/** Throws NotMet unless both are the same. */
export function expectSame(asked: string, came: unknown, expected: unknown): void {
  if (JSON.stringify(came) !== JSON.stringify(expected)) throw new NotMet(asked, shown(expected), shown(came));
}
