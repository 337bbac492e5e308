import { totalmem } from 'node:os';
import { answerFirstMs, type ActiveFault } from './kind.ts';

/** Used when neither the system nor the fault says how much the process may have, bytes. */
const defaultLimitBytes = 512 * 1024 * 1024;

/**
 * Allocates `stepBytes` every `everyMs` and touches every page, until the memory limit of the process's control group ends it.
 * Where there is no such limit the process ends itself the same way at `limitBytes` of resident memory, to spare the machine.
 */
export function fillMemory(stepBytes: number, everyMs: number, limitBytes: number | undefined): ActiveFault {
  let kept: Buffer[] = [];
  const constrained = process.constrainedMemory();
  const hasLimit = constrained > 0 && constrained < totalmem();
  const ownLimitBytes = limitBytes ?? (hasLimit ? Infinity : defaultLimitBytes);
  const step = (): void => {
    kept.push(Buffer.alloc(stepBytes, 0x5a));
    if (process.memoryUsage.rss() > ownLimitBytes) process.kill(process.pid, 'SIGKILL');
  };
  let timer: NodeJS.Timeout = setTimeout(() => {
    step();
    timer = setInterval(step, everyMs);
  }, answerFirstMs);
  return {
    effectInMs: answerFirstMs,
    undo() {
      clearTimeout(timer);
      clearInterval(timer);
      kept = [];
    },
  };
}

export const limitBytesParameter = { min: 64 * 1024 * 1024, max: 64 * 1024 ** 3 } as const;
