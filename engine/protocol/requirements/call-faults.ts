import { answerInWords, expectRefusal, goodBody, type Answer, type NoAnswer } from '../ask.ts';
import { medianOf, untilWithin } from '../attempts.ts';
import type { Bench, Unit } from '../bench.ts';
import { NotMet, type Requirement } from '../requirement.ts';

/** The bounds of tests/measuring/fault-metrology: what `slow` adds is right within 10 ms, or a tenth where that is more. */
const slowMs = 120;
const slowBoundMs = Math.max(10, 0.1 * slowMs);
const share = 0.3;
const calls = 300;
/** Normal quantile of a two-sided 99.9 % interval. */
const z999 = 3.2905;
/** A held call is waited for so long, ms. */
const heldMs = 250;

async function timesOf(bench: Bench, unit: Unit, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < count; index++) {
    const answer = await bench.askWell(unit);
    goodBody('a request', answer);
    if (!('came' in answer)) times.push(answer.endedMs - answer.startedMs);
  }
  return times;
}

function expectHeld(asked: string, answer: Answer | NoAnswer): void {
  if (!('came' in answer) || answer.came !== 'nothing in time')
    throw new NotMet(asked, `no answer within ${heldMs} ms`, answerInWords(answer));
}

export const callFaults: readonly Requirement[] = [
  {
    name: 'fault-errors',
    title: 'errors { share } fails that share of the calls at once with 500 injected.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.during(unit, 'errors', { share: 1 }, async () =>
        expectRefusal('a request with a share of 1', await bench.askWell(unit), {
          ...{ status: 500, code: 'injected', retryable: true },
        }),
      );
      goodBody('a request after the undo', await bench.askWell(unit));
      const bound = z999 * Math.sqrt((share * (1 - share)) / calls);
      return untilWithin(
        bench.options,
        `${calls} requests with a share of ${share}`,
        `${share} of them fail, by ${bound.toFixed(2)}`,
        () =>
          bench.during(unit, 'errors', { share }, async () => {
            let failed = 0;
            for (let index = 0; index < calls; index += 10) {
              const answers = await Promise.all(Array.from({ length: 10 }, () => bench.askWell(unit)));
              failed += answers.filter((answer) => !('came' in answer) && answer.status === 500).length;
            }
            const found = failed / calls;
            return { isWithin: Math.abs(found - share) <= bound, found: `${found.toFixed(3)} of ${calls} fail` };
          }),
      );
    },
  },
  {
    name: 'fault-slow',
    isMeasured: true,
    title: 'slow { delayMs, jitter } lets every call wait so long first.',
    check: async (bench) => {
      const unit = await bench.unit();
      return untilWithin(
        bench.options,
        `requests slowed by ${slowMs} ms`,
        `${slowMs} ms more in the middle, by ${slowBoundMs}`,
        async () => {
          const before = medianOf(await timesOf(bench, unit, 9));
          const slowed = await bench.during(unit, 'slow', { delayMs: slowMs }, () =>
            Promise.all([timesOf(bench, unit, 3), timesOf(bench, unit, 3)]),
          );
          const after = medianOf(await timesOf(bench, unit, 9));
          const added = medianOf(slowed.flat()) - (before + after) / 2;
          return { isWithin: Math.abs(added - slowMs) <= slowBoundMs, found: `${added.toFixed(1)} ms more` };
        },
      );
    },
  },
  {
    name: 'fault-slow-jitter',
    title: 'With jitter each call waits another time within the share to both sides.',
    check: async (bench) => {
      const unit = await bench.unit();
      const times = await bench.during(unit, 'slow', { delayMs: 100, jitter: 1 }, async () =>
        (await Promise.all(Array.from({ length: 12 }, () => timesOf(bench, unit, 1)))).flat(),
      );
      const spread = Math.max(...times) - Math.min(...times);
      if (spread < 40)
        throw new NotMet(
          '12 requests slowed by 100 ms with jitter 1',
          'times from 0 to 200 ms',
          `a spread of ${spread.toFixed(0)} ms`,
        );
      return `a spread of ${spread.toFixed(0)} ms`;
    },
  },
  {
    name: 'fault-hang',
    title: 'hang lets no call come back until it is undone; then those that wait go on.',
    check: async (bench) => {
      const unit = await bench.unit();
      const waiting = await bench.during(unit, 'hang', {}, async () => {
        const patient = bench.askWell(unit);
        await bench.awaitInFlight(unit, 1);
        expectHeld('a request while the module hangs', await bench.askWell(unit, { patienceMs: heldMs }));
        goodBody('GET /health/live meanwhile', await unit.ask({ method: 'GET', path: '/health/live' }));
        return { patient };
      });
      goodBody('the request that waited, after the undo', await waiting.patient);
      goodBody('a request after the undo', await bench.askWell(unit));
    },
  },
  {
    name: 'fault-black-hole',
    title:
      'black-hole takes calls and never answers them: those that wait at the undo are cut off or end with 502 connection-reset.',
    check: async (bench) => {
      const unit = await bench.unit();
      const waiting = await bench.during(unit, 'black-hole', {}, async () => {
        const patient = bench.askWell(unit);
        await bench.awaitInFlight(unit, 1);
        expectHeld('a request to the black hole', await bench.askWell(unit, { patienceMs: heldMs }));
        return { patient };
      });
      const answer = await waiting.patient;
      if (!('came' in answer) || answer.came !== 'a cut connection')
        expectRefusal('the request that waited, after the undo', answer, { status: 502, code: 'connection-reset' });
      goodBody('a request after the undo', await bench.askWell(unit));
    },
  },
  {
    name: 'fault-connection-reset',
    title: 'connection-reset cuts the connection of every call instead of an answer.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.during(unit, 'connection-reset', {}, async () => {
        const answer = await bench.askWell(unit);
        if (!('came' in answer) || answer.came !== 'a cut connection')
          throw new NotMet('a request', 'a cut connection', answerInWords(answer));
        goodBody('GET /health/live meanwhile', await unit.ask({ method: 'GET', path: '/health/live' }));
      });
      goodBody('a request after the undo', await bench.askWell(unit));
    },
  },
  {
    name: 'fault-unready',
    title: 'unready turns GET /health/ready to 503 with the module in "waiting"; requests are answered.',
    check: async (bench) => {
      const unit = await bench.unit();
      const ready = () => unit.ask({ method: 'GET', path: '/health/ready' });
      await bench.during(unit, 'unready', {}, async () => {
        const answer = await ready();
        const expected = JSON.stringify({ ready: false, waiting: [bench.module], draining: false });
        if ('came' in answer || answer.status !== 503 || JSON.stringify(answer.json) !== expected)
          throw new NotMet('GET /health/ready', `503 ${expected}`, answerInWords(answer));
        goodBody('a request meanwhile', await bench.askWell(unit));
      });
      goodBody('GET /health/ready after the undo', await ready());
    },
  },
  {
    name: 'fault-provider-outage',
    title: 'provider-outage can be had and undone; a module without a provider goes on.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.during(unit, 'provider-outage', {}, () => Promise.resolve());
      goodBody('a request after the undo', await bench.askWell(unit));
    },
  },
];
