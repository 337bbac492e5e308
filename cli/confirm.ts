import { createInterface } from 'node:readline/promises';

/** Asks a person; anything but yes is no. Throws one sentence where nobody can be asked. */
export async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('nobody can be asked here; say --yes to remove them without a question');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(`${question} [y/N] `)).trim());
  } finally {
    terminal.close();
  }
}
