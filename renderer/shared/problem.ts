import { BridgeError } from './bridge.ts';
import { closeNote, note } from './notes.ts';

/** What went wrong and what to do, for people. */
export interface Problem {
  message: string;
  nextStep: string | null;
}

/** Makes any thrown value readable. */
export function problemOf(error: unknown): Problem {
  if (error instanceof BridgeError) return { message: error.message, nextStep: error.nextStep };
  if (error instanceof Error) return { message: error.message, nextStep: null };
  return { message: String(error), nextStep: null };
}

const doneId = 'done';

/** Shows a failure below the page, for as long as it matters: until it is closed, the page is left, or the same succeeds. */
export function showProblem(title: string, error: unknown): void {
  const { message, nextStep } = problemOf(error);
  note({
    id: title,
    kind: 'problem',
    title,
    text: nextStep === null ? message : `${message}${/[.!?]$/.test(message) ? '' : '.'} ${nextStep}`,
  });
}

/** Runs an action of the person and shows its failure. Returns whether it succeeded. */
export async function attempt(title: string, action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    closeNote(title);
    return true;
  } catch (error) {
    showProblem(title, error);
    return false;
  }
}

/** A short note that something was done. */
export function showDone(text: string): void {
  note({ id: doneId, kind: 'done', text });
}
