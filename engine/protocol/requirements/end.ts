import { setTimeout as delay } from 'node:timers/promises';
import { answerInWords, goodBody, sendRaw } from '../ask.ts';
import type { Bench, Unit } from '../bench.ts';
import { expectSame, NotAsked, NotMet, shown, type Requirement } from '../requirement.ts';

/** From then on no connection may be taken. */
const refusesAfterMs = 500;
/** So long a request goes on after SIGTERM, ms, of the second that there is: who ends at once has ended by then. */
const heldMs = 200;
/** It lives at least so long, ms, before the pipe ends. */
const guardedMs = 200;
/** A unit has a second to end, and a machine that does other things, too, a little more. */
const endsWithinMs = 3000;

async function expectEnd(unit: Unit, asked: string): Promise<void> {
  const ending = await Promise.race([unit.process.ended, delay(endsWithinMs, undefined, { ref: false })]);
  if (ending === undefined) throw new NotMet(asked, `its end within ${endsWithinMs / 1000} s`, 'none');
  expectSame(`status after ${asked}`, ending.code ?? ending.signal, 0);
}

/** Throws NotMet where it ends within that time although a request is under way. */
async function outlives(unit: Unit, ms: number): Promise<void> {
  const ending = await Promise.race([unit.process.ended, delay(ms, undefined, { ref: false })]);
  if (ending !== undefined)
    throw new NotMet(
      'SIGTERM with a request under way',
      'an answer to it first',
      `its end: ${await ending.lastWords()}`,
    );
}

async function drain(bench: Bench): Promise<void> {
  const unit = await bench.startUnit();
  const ready = () => unit.ask({ method: 'GET', path: '/health/ready' });
  const ends: string[] = [];
  await bench
    .during(unit, 'hang', {}, async () => {
      const patient = bench.askWell(unit).then((answer) => {
        ends.push('the request');
        return answer;
      });
      await bench.awaitInFlight(unit, 1);
      const drained = unit.control('POST', '/drain', undefined, 20_000).then((answer) => {
        ends.push('POST /drain');
        return answer;
      });
      const expected = JSON.stringify({ ready: false, waiting: [bench.module], draining: true });
      let answer = await ready();
      for (const end = performance.now() + 2000; performance.now() < end; answer = await ready())
        if (!('came' in answer) && answer.status === 503) break;
      if ('came' in answer || answer.status !== 503 || JSON.stringify(answer.json) !== expected)
        throw new NotMet('GET /health/ready during POST /drain', `503 ${expected}`, answerInWords(answer));
      expectSame('what has ended with a request under way', ends, []);
      return { patient, drained };
    })
    .then(async ({ patient, drained }) => {
      goodBody('the request under way during POST /drain', await patient);
      expectSame('POST /drain', goodBody('POST /drain', await drained), { settled: true, inFlight: 0 });
    });
  const late = await bench.askWell(unit);
  goodBody('a request that comes all the same', late);
  if (!('came' in late)) expectSame('its header connection', late.connection, 'close');
  const again = await unit.control('POST', '/drain');
  expectSame('POST /drain again', goodBody('POST /drain again', again), { settled: true, inFlight: 0 });
  await unit.end();
}

async function guard(bench: Bench): Promise<void> {
  const { guarded } = bench.options.host;
  if (typeof guarded === 'string') throw new NotAsked(guarded);
  const { place, configuration } = await bench.order();
  const process = await guarded(JSON.stringify(configuration), place);
  const early = await Promise.race([process.ended, delay(guardedMs, undefined, { ref: false })]);
  if (early !== undefined) throw new NotMet('the start with a guard', 'a unit', `its end: ${await early.lastWords()}`);
  process.letGo();
  const ending = await Promise.race([process.ended, delay(endsWithinMs, undefined, { ref: false })]);
  if (ending !== undefined) return;
  await process.signal('SIGKILL');
  await process.ended;
  throw new NotMet('the end of the pipe on descriptor 3', `its end within ${endsWithinMs / 1000} s`, 'none');
}

export const endRequirements: readonly Requirement[] = [
  {
    name: 'drain',
    title:
      'POST /drain makes the unit unready, lets what is under way end and answers then; who comes all the same is answered and told to close.',
    check: drain,
  },
  {
    name: 'sigterm',
    title: 'After SIGTERM a request under way is answered, and the process ends with status 0.',
    check: async (bench) => {
      const unit = await bench.startUnit();
      await bench.inject(unit, { id: 'held', kind: 'hang', parameters: {} });
      const underWay = bench.askWell(unit);
      await bench.awaitInFlight(unit, 1);
      await unit.process.signal('SIGTERM');
      await refusesConnections(unit);
      await outlives(unit, heldMs);
      await unit.control('DELETE', '/faults/held');
      goodBody('the request under way at SIGTERM', await underWay);
      await expectEnd(unit, 'SIGTERM');
      await unit.end();
    },
  },
  {
    name: 'sigterm-hanging',
    title:
      'After SIGTERM no new connection is taken, and it ends within a second, with status 0, although a request hangs.',
    check: async (bench) => {
      const unit = await bench.startUnit();
      await bench.inject(unit, { id: 'hang', kind: 'hang', parameters: {} });
      const hanging = bench.askWell(unit);
      await bench.awaitInFlight(unit, 1);
      await unit.process.signal('SIGTERM');
      await refusesConnections(unit);
      await expectEnd(unit, 'SIGTERM with a request that hangs');
      await hanging;
      await unit.end();
    },
  },
  {
    name: 'guard',
    title: 'With CLEAVE_GUARD=1 it ends, with all that it started, when the pipe on descriptor 3 ends.',
    check: guard,
  },
];

/** Ends when a new connection is refused, or the process has ended. Throws NotMet where one is taken that was tried too late. */
async function refusesConnections(unit: Unit): Promise<void> {
  const signalledMs = performance.now();
  while (!unit.hasEnded()) {
    const triedAfterMs = performance.now() - signalledMs;
    const came = await sendRaw(unit.url, 'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    if (came === null || came === '') return;
    if (triedAfterMs > refusesAfterMs)
      throw new NotMet(`a new connection ${triedAfterMs.toFixed(0)} ms after SIGTERM`, 'none', shown(came));
    await delay(5);
  }
}
