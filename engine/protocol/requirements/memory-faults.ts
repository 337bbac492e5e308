import { setTimeout as delay } from 'node:timers/promises';
import { untilWithin } from '../attempts.ts';
import { usageOf } from '../machine.ts';
import { expectSame, NotAsked, NotMet, type Requirement } from '../requirement.ts';

const mebibyte = 1024 ** 2;
const perSecond = 80 * mebibyte;
const windowMs = 800;
const bound = 0.25;
const limitBytes = 192 * mebibyte;
/** Without a limit of its own it would end a process that has grown large. */
const farLimitBytes = 8 * 1024 * mebibyte;
const endsWithinMs = 15_000;

export const memoryFaults: readonly Requirement[] = [
  {
    name: 'fault-memory-leak',
    isMeasured: true,
    title: 'memory-leak { bytesPerSecond } lets resident memory grow that fast, and no more after the undo.',
    check: async (bench) => {
      const unit = await bench.unit();
      const grownPerSecond = async (): Promise<number> => {
        const before = await usageOf(unit);
        await delay(windowMs);
        const after = await usageOf(unit);
        if (before.residentBytes === null || after.residentBytes === null)
          throw new NotAsked('the engine does not tell how much memory a unit has');
        return (after.residentBytes - before.residentBytes) / ((after.atMs - before.atMs) / 1000);
      };
      const found = await untilWithin(
        bench.options,
        `memory-leak of ${perSecond / mebibyte} MiB a second`,
        `${perSecond / mebibyte} MiB a second, by a quarter`,
        () =>
          bench.during(unit, 'memory-leak', { bytesPerSecond: perSecond, limitBytes: farLimitBytes }, async () => {
            const grown = await grownPerSecond();
            return {
              isWithin: Math.abs(grown - perSecond) <= bound * perSecond,
              found: `${(grown / mebibyte).toFixed(0)} MiB a second`,
            };
          }),
      );
      const grown = await grownPerSecond();
      if (grown > bound * perSecond)
        throw new NotMet(
          'resident memory after the undo',
          'no growth',
          `${(grown / mebibyte).toFixed(0)} MiB a second`,
        );
      return found;
    },
  },
  {
    name: 'fault-out-of-memory',
    title:
      'out-of-memory takes memory until the process is killed: by the limit of its control group, or by itself at limitBytes.',
    check: async (bench) => {
      const unit = await bench.startUnit();
      await bench.inject(unit, { id: 'all', kind: 'out-of-memory', parameters: { limitBytes } });
      const ending = await Promise.race([unit.process.ended, delay(endsWithinMs, undefined, { ref: false })]);
      if (ending === undefined)
        throw new NotMet(`out-of-memory with limitBytes ${limitBytes}`, 'the end of the process', 'none');
      expectSame('how it ends with out-of-memory', ending.signal, 'SIGKILL');
      await unit.end();
    },
  },
];
