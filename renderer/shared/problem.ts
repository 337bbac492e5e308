import { notifications } from '@mantine/notifications';
import { BridgeError } from './bridge.ts';

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

/** Shows a failure in the corner; it stays until it is closed, because it says what to do. */
export function showProblem(title: string, error: unknown): void {
  const problem = problemOf(error);
  notifications.show({
    color: 'red',
    title,
    message: problem.nextStep === null ? problem.message : `${problem.message} ${problem.nextStep}`,
    autoClose: false,
    withBorder: true,
  });
}

/** Runs an action of the person and shows its failure. Returns whether it succeeded. */
export async function attempt(title: string, action: () => Promise<void>): Promise<boolean> {
  try {
    await action();
    return true;
  } catch (error) {
    showProblem(title, error);
    return false;
  }
}

/** A short note that something was done. */
export function showDone(message: string): void {
  notifications.show({ color: 'teal', message, autoClose: 4000, withBorder: true });
}
