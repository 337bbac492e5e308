import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Application } from '../../model/index.ts';
import type { FakeAnswer } from '../../runtime/testing/index.ts';

/** What a request of a change's check gets once the change is live. */
interface ShownChange {
  /** A line that its patch adds. */
  line: string;
  /** The modules that it edits. */
  modules: string[];
  /** Paths of its requests, and what each is to be answered. */
  steps: { path: RegExp; answer: FakeAnswer }[];
}

/** Reads the changes of an application as far as a test needs to answer their checks. */
export function shownChanges(root: string, { changes = {}, modules }: Application): ShownChange[] {
  return Object.values(changes).flatMap(({ patch, check }) => {
    if (check === undefined) return [];
    const text = readFileSync(path.join(root, patch), 'utf8');
    const added = /^\+(?!\+\+)\s*(\S.*)$/m.exec(text);
    const files = [...text.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file = '']) => file);
    const edited = Object.entries(modules).filter(([, { source }]) => {
      const own = path.normalize(source);
      return files.some(
        (file) => file === own || (own.includes(path.sep) && file.startsWith(path.dirname(own) + path.sep)),
      );
    });
    return added === null
      ? []
      : [{ line: added[1] ?? '', modules: edited.map(([name]) => name), steps: check.steps.map(answered) }];
  });
}

function answered({ path: target, expect }: { path: string; expect: { status: number; text?: string | undefined } }) {
  const parts = target.split('${uuid}').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return {
    path: new RegExp(`^${parts.join(String.raw`[-\w]+`)}$`),
    answer: { status: expect.status, body: expect.text ?? '' },
  };
}

/** The answer to a request of a check whose change is in every one of these programs that has a module of it; undefined for any other. */
export function shownBy(
  changes: readonly ShownChange[],
  programs: readonly { modules: readonly string[]; text: string }[],
  target: string,
): FakeAnswer | undefined {
  return changes
    .filter(({ line, modules }) => {
      const concerned = programs.filter((program) => program.modules.some((module) => modules.includes(module)));
      return concerned.length > 0 && concerned.every(({ text }) => text.includes(line));
    })
    .flatMap(({ steps }) => steps)
    .find(({ path: pattern }) => pattern.test(target))?.answer;
}
