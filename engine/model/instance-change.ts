import { moduleTitle } from './fault-words.ts';
import type { ReplacementStrategy } from './replacement.ts';

/** A change to which instances of its units a running deployment has, as a person asks for it; `unit` null: all of them. */
export type InstanceChange =
  | { kind: 'replace'; unit: string | null; strategy: ReplacementStrategy }
  | { kind: 'add'; unit: string }
  | { kind: 'take-back'; unit: string };

/** Whether the change has to do with that unit. */
export function touches(change: InstanceChange, unit: string): boolean {
  return change.unit === null || change.unit === unit;
}

const verbs = { 'under-way': 'is being', done: 'was', failed: 'could not be' } as const;

/** The change as people say it, without a stop: `Orders is being replaced one after another`, `Catalog was given one more instance`. Pure. */
export function changeInWords(change: InstanceChange, phase: keyof typeof verbs): string {
  const name = change.unit === null ? 'Every unit' : moduleTitle(change.unit);
  switch (change.kind) {
    case 'replace':
      return `${name} ${verbs[phase]} ${replacedHow(change)}`;
    case 'add':
      return `${name} ${verbs[phase]} given one more instance`;
    case 'take-back':
      return `One instance of ${name} ${verbs[phase]} taken back`;
    default:
      return change satisfies never;
  }
}

function replacedHow({ unit, strategy }: Extract<InstanceChange, { kind: 'replace' }>): string {
  switch (strategy) {
    case 'recreate':
      return `stopped and started anew${unit === null ? ', one after another' : ''}`;
    case 'rolling':
      return 'replaced one after another';
    case 'blue-green':
      return 'replaced at once';
    default:
      return strategy satisfies never;
  }
}
