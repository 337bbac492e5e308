import { moduleTitle } from './fault-words.ts';
import type { ReplacementStrategy } from './replacement.ts';

/** What a person does to the instances of a running deployment: replaces them, adds one, takes one back; `unit` null: all of them. */
export type Replacement =
  | { kind: 'replace'; unit: string | null; strategy: ReplacementStrategy }
  | { kind: 'add'; unit: string }
  | { kind: 'take-back'; unit: string };

/** Whether the replacement has to do with that unit. */
export function touches(replacement: Replacement, unit: string): boolean {
  return replacement.unit === null || replacement.unit === unit;
}

const verbs = { 'under-way': 'is being', done: 'was', failed: 'could not be' } as const;

/** The replacement as people say it, without a stop: `Orders is being replaced one after another`, `Catalog was given one more instance`. Pure. */
export function replacementInWords(replacement: Replacement, phase: keyof typeof verbs): string {
  const name = replacement.unit === null ? 'Every unit' : moduleTitle(replacement.unit);
  switch (replacement.kind) {
    case 'replace':
      return `${name} ${verbs[phase]} ${replacedHow(replacement)}`;
    case 'add':
      return `${name} ${verbs[phase]} given one more instance`;
    case 'take-back':
      return `One instance of ${name} ${verbs[phase]} taken back`;
    default:
      return replacement satisfies never;
  }
}

function replacedHow({ unit, strategy }: Extract<Replacement, { kind: 'replace' }>): string {
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
