import type { Application } from './application.ts';
import type { Change, ChangeKind } from './change.ts';
import { own } from './own.ts';

const groups = ['Fixes', 'Contracts', 'Renames', 'Stored data', 'Bugs'] as const;

const words: Readonly<Record<ChangeKind, { text: string; group: (typeof groups)[number] }>> = {
  fix: { text: 'fix', group: 'Fixes' },
  'changed-default': { text: 'changes a default', group: 'Fixes' },
  'additive-contract': { text: 'adds to a contract', group: 'Contracts' },
  'breaking-contract': { text: 'breaks a contract', group: 'Contracts' },
  'rename-expand': { text: 'renames in steps, the first of three', group: 'Renames' },
  'rename-migrate': { text: 'renames in steps, the second of three', group: 'Renames' },
  'rename-contract': { text: 'renames in steps, the last of three', group: 'Renames' },
  'rename-at-once': { text: 'renames at once', group: 'Renames' },
  'schema-migration': { text: 'changes stored data', group: 'Stored data' },
  'bug-errors': { text: 'bug that errs', group: 'Bugs' },
  'bug-unready': { text: 'bug that never gets ready', group: 'Bugs' },
  'bug-leak': { text: 'bug that leaks memory', group: 'Bugs' },
};

/** A kind as people say it, in small letters: `adds to a contract`, `bug that never gets ready`. Different kinds read differently. Pure. */
export function changeKindInWords(kind: ChangeKind): string {
  return words[kind].text;
}

/** What a change is called; its name where no manifest knows it any more. Pure. */
export function changeTitle({ changes = {} }: Pick<Application, 'changes'>, name: string): string {
  return own(changes, name)?.title ?? name;
}

/** Changes that belong together, under what they have in common. */
export interface ChangeGroup {
  group: string;
  changes: { name: string; change: Change }[];
}

/** The changes of an application to choose from: fixes first, bugs last, within a group in the order of kinds and then of the manifest. Pure. */
export function changesToChoose({ changes = {} }: Pick<Application, 'changes'>): ChangeGroup[] {
  const kinds = Object.keys(words);
  const all = Object.entries(changes)
    .map(([name, change]) => ({ name, change }))
    .toSorted((a, b) => kinds.indexOf(a.change.kind) - kinds.indexOf(b.change.kind));
  return groups
    .map((group) => ({ group, changes: all.filter(({ change }) => words[change.kind].group === group) }))
    .filter((one) => one.changes.length > 0);
}
