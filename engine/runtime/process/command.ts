import path from 'node:path';
import { launchOf, requirePython } from '../../languages/index.ts';
import type { Language } from '../../model/index.ts';

/** A program and its parameters. */
export type Command = readonly [program: string, ...parameters: string[]];

/** A Node, and what is loaded before every program that it runs to end it when its owner ends. */
export interface GuardedNode {
  nodePath: string;
  guardPath: string;
}

export function nodeCommand({ nodePath, guardPath }: GuardedNode, program: string): Command {
  return [nodePath, '--require', guardPath, program];
}

/** What starts the program of a unit that lies in a folder. Throws an Error where what runs it is not on this machine. */
export async function unitCommand(node: GuardedNode, language: Language, folder: string): Promise<Command> {
  const { main, interpreter } = launchOf(language);
  const program = path.join(folder, main);
  switch (interpreter) {
    case null:
      return [program];
    case 'node':
      return nodeCommand(node, program);
    case 'python':
      return [(await requirePython()).path, program];
    default:
      return interpreter satisfies never;
  }
}
