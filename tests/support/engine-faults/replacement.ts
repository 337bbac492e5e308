import path from 'node:path';
import { start } from '../cli/run.ts';
import type { Tried } from './campaign.ts';
import { problemsOf } from './judge.ts';
import type { Trial } from './trial.ts';

const program = path.resolve(import.meta.dirname, 'replacing.ts');

/** A deployment of which two units are rolled over. */
export const replacement: Tried = {
  subject: async (home, address, dockerHost) =>
    start(home, [program, dockerHost], { command: process.execPath, environment: { DOCKER_HOST: address } }),
  problemsOf: (trial) => [...problemsOf(trial), ...unevenIn(trial)],
};

/** What is wrong with what a replacement left: one of each unit serves, and where the engine is well again nothing else is there. Pure. */
export function unevenIn({ text, fault }: Pick<Trial, 'text' | 'fault'>): string[] {
  const [serves, there] = ['serves', 'there'].map((word) => namesAfter(word, text));
  if (serves === undefined || there === undefined) return ['it did not come to the end of its replacement'];
  const units = serves.map((name) => name.split('#')[0]);
  const gone = serves.filter((name) => !there.includes(name));
  const over = there.filter((name) => !serves.includes(name));
  return [
    ...(units.join(' ') === 'front goods trade' ? [] : [`what serves is ${serves.join(', ')}`]),
    ...(gone.length === 0 ? [] : [`serves and is not there: ${gone.join(', ')}`]),
    // What fails always keeps it there until the next change, or the end.
    ...(over.length === 0 || fault?.times === 'always' ? [] : [`is there beside what serves: ${over.join(', ')}`]),
  ];
}

function namesAfter(word: string, text: string): string[] | undefined {
  return new RegExp(`^${word} (.*)$`, 'm').exec(text)?.[1]?.split(' ');
}
