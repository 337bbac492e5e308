import { setTimeout as delay } from 'node:timers/promises';
import { expectRefusal, fieldsOf, goodBody } from '../ask.ts';
import type { Bench, Unit } from '../bench.ts';
import { expectSame, NotMet, shown, type Requirement } from '../requirement.ts';

const limitMs = 150;
const clockMs = 2000;

function request(bench: Bench, change: object): object {
  return { id: 'a-fault', module: bench.module, kind: 'hang', parameters: {}, limitMs: 5000, ...change };
}

async function faultsOf(unit: Unit): Promise<readonly unknown[]> {
  const { faults } = fieldsOf(goodBody('GET /faults', await unit.control('GET', '/faults')));
  if (!Array.isArray(faults)) throw new NotMet('GET /faults', 'a list of faults', shown(faults));
  return faults as unknown[];
}

export const faultRequirements: readonly Requirement[] = [
  {
    name: 'fault-refused',
    title: 'A fault that cannot be is refused with 400 bad-input, and none is there then.',
    check: async (bench) => {
      const unit = await bench.unit();
      for (const [what, change] of [
        ['of a kind that there is not', { kind: 'flood' }],
        ['of a module that is not there', { module: 'nobody' }],
        ['without a limit', { limitMs: undefined }],
        ['with a limit of 0', { limitMs: 0 }],
        ['with a limit of more than ten minutes', { limitMs: 600_001 }],
        ['with an empty id', { id: '' }],
        ['that fails twice of all calls', { kind: 'errors', parameters: { share: 2 } }],
        ['slow by no time', { kind: 'slow', parameters: {} }],
        ['slow by a text', { kind: 'slow', parameters: { delayMs: 'long' } }],
        ['that blocks for nothing', { kind: 'event-loop-block', parameters: { blockMs: 0 } }],
        ['that takes all of a processor', { kind: 'cpu-hog', parameters: { share: 1 } }],
        ['that leaks nothing', { kind: 'memory-leak', parameters: { bytesPerSecond: 0 } }],
      ] as const)
        expectRefusal(`POST /faults ${what}`, await unit.control('POST', '/faults', request(bench, change)), {
          ...{ status: 400, code: 'bad-input', retryable: false },
        });
      expectSame('GET /faults after refusals', await faultsOf(unit), []);
    },
  },
  {
    name: 'fault-list',
    title: 'GET /faults says which faults are at work, since when and until when; an id can be at work once.',
    check: async (bench) => {
      const unit = await bench.unit();
      const askedAtMs = Date.now();
      const body = goodBody('POST /faults', await unit.control('POST', '/faults', request(bench, {})));
      const { effectAtMs } = fieldsOf(body) as { effectAtMs: number };
      if (Math.abs(effectAtMs - askedAtMs) > clockMs)
        throw new NotMet('effectAtMs', 'the time of day in ms since 1970', shown(effectAtMs));
      const [fault, ...more] = await faultsOf(unit);
      expectSame(
        'GET /faults',
        [fault, ...more],
        [{ id: 'a-fault', module: bench.module, kind: 'hang', sinceMs: effectAtMs, untilMs: effectAtMs + 5000 }],
      );
      expectRefusal('POST /faults of the same id', await unit.control('POST', '/faults', request(bench, {})), {
        ...{ status: 409, code: 'conflict' },
      });
      const undone = fieldsOf(goodBody('DELETE /faults/a-fault', await unit.control('DELETE', '/faults/a-fault')));
      if (undone['id'] !== 'a-fault' || typeof undone['undoneAtMs'] !== 'number')
        throw new NotMet('DELETE /faults/a-fault', '{ id, undoneAtMs }', shown(undone));
      expectSame('GET /faults after the undo', await faultsOf(unit), []);
      expectRefusal('DELETE /faults/a-fault again', await unit.control('DELETE', '/faults/a-fault'), {
        ...{ status: 404, code: 'not-found' },
      });
    },
  },
  {
    name: 'fault-limit',
    title: 'A fault ends by itself at its limit, as if it had been undone.',
    check: async (bench) => {
      const unit = await bench.unit();
      await bench.inject(unit, { id: 'limited', kind: 'errors', parameters: { share: 1 }, limitMs });
      expectRefusal('a request with the fault', await bench.askWell(unit), { status: 500, code: 'injected' });
      const end = performance.now() + 20 * limitMs;
      while ((await faultsOf(unit)).length > 0) {
        if (performance.now() > end)
          throw new NotMet(`GET /faults after the limit of ${limitMs} ms`, 'no fault', 'the fault');
        await delay(10);
      }
      goodBody('a request after the limit', await bench.askWell(unit));
    },
  },
  {
    name: 'fault-store',
    title:
      'What keeps nothing in a store refuses the faults store-outage and store-connections with 400 bad-input; else store-outage can be had and undone.',
    check: async (bench) => {
      const unit = await bench.unit();
      for (const kind of ['store-outage', 'store-connections']) {
        const answer = await unit.control('POST', '/faults', request(bench, { kind }));
        if (!('came' in answer) && answer.status === 200) await unit.control('DELETE', '/faults/a-fault');
        else expectRefusal(`POST /faults ${kind}`, answer, { status: 400, code: 'bad-input' });
      }
      expectSame('GET /faults afterwards', await faultsOf(unit), []);
      goodBody('a request afterwards', await bench.askWell(unit));
    },
  },
];
