/** Something went wrong that a person can do something about: one sentence and, where there is one, the next step. */
export class Problem extends Error {
  override name = 'Problem';
  readonly code: string;
  readonly nextStep: string | null;

  constructor(code: string, message: string, nextStep: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.nextStep = nextStep;
  }
}

/** The part of an error that crosses a process boundary. Never a stack. */
export interface ProblemData {
  code: string;
  message: string;
  nextStep: string | null;
}

const maximumMessageLength = 600;

/** Turns whatever was thrown into one sentence, with a next step where one is known. */
export function problemData(error: unknown): ProblemData {
  if (error instanceof Problem) return { code: error.code, message: error.message, nextStep: error.nextStep };
  const known = nodeProblem(error);
  if (known !== null) return known;
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n').find((candidate) => candidate.trim() !== '') ?? 'Something went wrong.';
  const nextStep =
    error !== null && typeof error === 'object' && 'nextStep' in error && typeof error.nextStep === 'string'
      ? error.nextStep
      : null;
  // What it announces is on lines that are left out.
  const message = line.replace(/;[^;]*:\s*$/, '').slice(0, maximumMessageLength);
  return { code: 'failed', message, nextStep };
}

function nodeProblem(error: unknown): ProblemData | null {
  if (!(error instanceof Error) || !('code' in error)) return null;
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return {
        code: 'not-writable',
        message: 'Cleave may not write or read there.',
        nextStep: 'Choose another folder in Settings, or give yourself access to this one.',
      };
    case 'ENOSPC':
      return { code: 'disk-full', message: 'The disk is full.', nextStep: 'Free some space and try again.' };
    case 'ENOENT':
      return { code: 'not-found', message: 'A file or folder that is needed is not there.', nextStep: null };
    default:
      return null;
  }
}
