import type { Definition } from './definition.ts';
import type { Value } from './histogram.ts';
import type { Count } from './proportion.ts';
import type { Application, Experiment, RoundBase, Scope } from './round.ts';

/** Badness of what gave nothing. */
export const LOST = 3;
/** Badness of what is not to be believed. */
export const WRONG = 2;

/** What was measured beside a machine that was, or was not, quiet: 0 or 1. */
export const machineOf = ({ status }: RoundBase): number => (status === 'completed' ? 0 : 1);

/** What a number may be read from beside its round. */
export interface Reading {
  application: Application;
  experiment: Experiment;
  rounds: readonly RoundBase[];
  /** Makes what is costly only once in an audit. */
  once: <T>(key: string, make: () => T) => T;
}

/** How the numbers of one probe are found anew. */
export interface AuditedProbe<Round extends RoundBase = RoundBase> {
  /** Its metrics, written down anew, so that a changed margin or scale in the product is seen here. */
  definitions: Readonly<Record<string, Definition>>;
  /** In what the values of each of its metrics are told. */
  units: Readonly<Record<string, string>>;
  /** What a round says of faults, each of which its metrics are told of; left out where they are told of none. */
  faults?(round: Round): string[];
  /** What a round says of changes, each of which its metrics are told of; left out where they are told of none. */
  changes?(round: Round): string[];
  /** What of a round is measured again together with such a number. */
  part(scope: Scope): string;
  /** The part as one deployment has it, 0 sound, 1 disturbed, 2 not to be believed, 3 nothing; undefined for a part of another probe. */
  badness(round: Round, part: string, application: Application): number | undefined;
  /** Whether a number is not the application's but the generator's. Left out: never. */
  isSpoilt?(round: Round, metric: string, scope: Scope): boolean;
  /** The number of one of its metrics; null where the round has none; undefined for a metric that it does not have. */
  value(round: Round, metric: string, scope: Scope, reading: Reading): Value | null | undefined;
  /** The requests behind a share or a count; null where none are counted. */
  counts?(round: Round, metric: string, scope: Scope, reading: Reading): Count | null;
  /** Step of a metric's values where the experiment sets it. */
  step?(metric: string, experiment: Experiment): number | undefined;
}
