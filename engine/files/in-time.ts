/** Within this time a question about a path has an answer, ms: a network folder that is away would never give one. */
const LIMIT_MS = 2000;

let stuck = 0;

/** Whether a question that was given up is still open: the program cannot end by itself then, for Node waits for it. */
export function isAnyQuestionStuck(): boolean {
  return stuck > 0;
}

/** The answer to a question about a path, or an error with code `ETIMEDOUT` when there is none in time. */
export async function inTime<T>(question: Promise<T>, limitMs: number = LIMIT_MS): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  let answered = false;
  const late = new Promise<never>((_resolve, reject) => {
    const giveUp = (): void => {
      if (answered) return;
      stuck += 1;
      void question
        .catch(() => undefined)
        .finally(() => {
          stuck -= 1;
        });
      const text = `the file system gave no answer within ${limitMs / 1000} s`;
      reject(Object.assign(new Error(text), { code: 'ETIMEDOUT' }));
    };
    // A program that was busy itself runs its timers first: an answer that has come meanwhile is taken before it is given up.
    timer = setTimeout(() => setImmediate(giveUp), limitMs);
  });
  try {
    return await Promise.race([question, late]);
  } finally {
    answered = true;
    clearTimeout(timer);
  }
}
