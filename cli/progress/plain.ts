import type { Progress } from './index.ts';
import { narrator } from './words.ts';

/** One line a thing that happened, for logs and pipes. */
export function plainProgress(write: (line: string) => void): Progress {
  const linesFor = narrator();
  return {
    onEvent: (event) => {
      for (const line of linesFor(event)) write(line);
    },
    end: () => undefined,
  };
}
