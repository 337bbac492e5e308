import { setTimeout as delay } from 'node:timers/promises';
import { untilWithin, type Measured } from '../attempts.ts';
import type { Bench, Unit } from '../bench.ts';
import { usageOf } from '../machine.ts';
import { NotAsked, type Requirement } from '../requirement.ts';

const hogShare = 0.6;
const shareBound = 0.15;
const windowMs = 700;
const blockMs = 120;
const everyMs = 240;
const askEveryMs = 10;

/** Shares of one processor that a process took meanwhile, and was in line for; null where nobody tells. */
interface Shares {
  taken: number;
  inLine: number | null;
}

async function sharesDuring(unit: Unit, work: () => Promise<unknown>): Promise<Shares> {
  const before = await usageOf(unit);
  await work();
  const after = await usageOf(unit);
  const tookMs = after.atMs - before.atMs;
  if (before.takenMs === null || after.takenMs === null)
    throw new NotAsked('the engine does not tell how much of a processor a unit takes');
  return {
    taken: (after.takenMs - before.takenMs) / tookMs,
    inLine: before.inLineMs === null || after.inLineMs === null ? null : (after.inLineMs - before.inLineMs) / tookMs,
  };
}

/** A machine that does other things, too, lets who wants a processor wait in line for it. */
function isShare({ taken, inLine }: Shares, share: number): boolean {
  return taken <= share + shareBound && taken + (inLine ?? 0) >= share - shareBound;
}

function inWords({ taken, inLine }: Shares): string {
  const found = `${taken.toFixed(2)} of a processor`;
  if (inLine === null) return `${found}; how long it was in line for one is not told`;
  return inLine < 0.05 ? found : `${found}, and in line for ${inLine.toFixed(2)}`;
}

/** Who took too little may have been in line for the rest. */
function isUncertain({ taken, inLine }: Shares, share: number): boolean {
  return inLine === null ? taken < share - shareBound : inLine > shareBound;
}

/** Asks for health at a fixed spacing; gives when answers came, ms from the first question. */
async function answersWithin(unit: Unit, ms: number): Promise<number[]> {
  const startedMs = performance.now();
  const answers: Promise<number[]>[] = [];
  while (performance.now() - startedMs < ms) {
    answers.push(
      unit
        .ask({ method: 'GET', path: '/health/live' })
        .then((answer) => ('came' in answer ? [] : [answer.endedMs - startedMs])),
    );
    await delay(askEveryMs);
  }
  return (await Promise.all(answers)).flat().toSorted((a, b) => a - b);
}

async function block(bench: Bench): Promise<Measured> {
  const unit = await bench.unit();
  return bench.during(unit, 'event-loop-block', { blockMs, everyMs }, async () => {
    let answers: number[] = [];
    const shares = await sharesDuring(unit, async () => {
      answers = await answersWithin(unit, 3.5 * everyMs);
    });
    return judgeBlock(answers, shares);
  });
}

/**
 * @param answers when answers came, ms from the first question
 * @param shares of one processor meanwhile
 */
export function judgeBlock(answers: readonly number[], shares: Shares): Measured {
  const gaps = answers.map((atMs, index) => atMs - (answers[index - 1] ?? 0));
  const blocks = gaps.filter((gapMs) => gapMs > 0.8 * blockMs);
  const longest = Math.max(...gaps);
  const isTooLong = longest >= 1.5 * blockMs;
  return {
    isWithin: blocks.length >= 3 && !isTooLong && isShare(shares, blockMs / everyMs),
    found: `${blocks.length} silences of up to ${longest.toFixed(0)} ms, ${inWords(shares)}`,
    // In a container what is between may be silent as well, and nobody tells that it was in line for a processor.
    isUncertain: isUncertain(shares, blockMs / everyMs) || (isTooLong && shares.inLine === null),
  };
}

export const busyFaults: readonly Requirement[] = [
  {
    name: 'fault-cpu-hog',
    isMeasured: true,
    title: 'cpu-hog { share } takes that share of one processor, in slices too short to be a stall of their own.',
    check: async (bench) => {
      const unit = await bench.unit();
      const found = await untilWithin(
        bench.options,
        `cpu-hog with a share of ${hogShare}`,
        `${hogShare} of one processor, by ${shareBound}`,
        () =>
          bench.during(unit, 'cpu-hog', { share: hogShare }, async () => {
            const shares = await sharesDuring(unit, () => delay(windowMs));
            return {
              isWithin: isShare(shares, hogShare),
              found: inWords(shares),
              isUncertain: isUncertain(shares, hogShare),
            };
          }),
      );
      await untilWithin(
        bench.options,
        'the time after the undo',
        `less than ${shareBound} of a processor`,
        async () => {
          const shares = await sharesDuring(unit, () => delay(200));
          return { isWithin: shares.taken < shareBound, found: inWords(shares) };
        },
      );
      return found;
    },
  },
  {
    name: 'fault-event-loop-block',
    isMeasured: true,
    title:
      'event-loop-block { blockMs, everyMs } lets nothing of the process be answered for so long, health included, with a processor busy meanwhile.',
    check: (bench) =>
      untilWithin(
        bench.options,
        `event-loop-block of ${blockMs} ms every ${everyMs} ms`,
        `silences of ${blockMs} ms and ${(blockMs / everyMs).toFixed(2)} of a processor, by ${shareBound}`,
        () => block(bench),
      ),
  },
];
