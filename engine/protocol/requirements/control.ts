import { answerInWords, expectRefusal, fieldsOf, goodBody } from '../ask.ts';
import type { Bench } from '../bench.ts';
import { expectSame, NotMet, shown, type Requirement } from '../requirement.ts';

const mostBytes = 64 * 1024;

async function statusOf(bench: Bench, headers: Record<string, string>, path = '/identity'): Promise<string> {
  const unit = await bench.unit();
  const response = await fetch(unit.controlUrl + path, { headers }).catch(() => undefined);
  await response?.arrayBuffer();
  return String(response?.status ?? 'no answer');
}

export const controlRequirements: readonly Requirement[] = [
  {
    name: 'control-token',
    title: 'Every request to the control port needs the token: 401 without it.',
    check: async (bench) => {
      const { token } = bench;
      for (const path of ['/identity', '/faults', '/nowhere'])
        for (const [what, headers] of [
          ['without a token', {}],
          ['with a wrong token', { authorization: 'Bearer wrong' }],
          ['with a token that is too short by one', { authorization: `Bearer ${token.slice(0, -1)}` }],
          ['with the token and another scheme', { authorization: `Basic ${token}` }],
        ] as const)
          expectSame(`GET ${path} ${what}`, await statusOf(bench, headers, path), '401');
    },
  },
  {
    name: 'control-origin',
    title: 'A request to the control port that has an Origin, as those of web pages do, is refused with 403.',
    check: async (bench) => {
      const { token } = bench;
      const headers = { authorization: `Bearer ${token}`, origin: 'http://localhost' };
      expectSame('GET /identity with an Origin', await statusOf(bench, headers), '403');
    },
  },
  {
    name: 'control-apart',
    title: 'Nothing of the control port is on the public port.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { token } = bench;
      for (const path of ['/identity', '/metrics', '/faults', '/traces', `/audit/${bench.module}`]) {
        const answer = await unit.ask({ method: 'GET', path, headers: { authorization: `Bearer ${token}` } });
        expectRefusal(`GET ${path} on the public port`, answer, { status: 404, code: 'not-found' });
      }
    },
  },
  {
    name: 'control-body-limit',
    title:
      'A body of more than 64 KiB to the control port is refused with 413 too-large; one that is not JSON with 400.',
    check: async (bench) => {
      const unit = await bench.unit();
      expectRefusal(
        `POST /faults with ${mostBytes + 1} bytes`,
        await unit.control('POST', '/faults', '{}'.padEnd(mostBytes + 1, ' ')),
        { status: 413, code: 'too-large' },
      );
      expectRefusal('POST /faults with {', await unit.control('POST', '/faults', '{'), {
        ...{ status: 400, code: 'bad-input' },
      });
    },
  },
  {
    name: 'identity',
    title:
      'GET /identity says unit, instance, modules, pid, startedAtMs, languageVersion and the seedHash of every module.',
    check: async (bench) => {
      const unit = await bench.unit();
      const body = fieldsOf(goodBody('GET /identity', await unit.control('GET', '/identity')));
      const { unit: name, instance, modules } = body;
      expectSame(
        'GET /identity',
        { name, instance, modules },
        { name: bench.module, instance: 0, modules: [bench.module] },
      );
      for (const [field, type] of [
        ['pid', 'number'],
        ['startedAtMs', 'number'],
        ['languageVersion', 'string'],
      ] as const)
        if (typeof body[field] !== type) throw new NotMet(`GET /identity, ${field}`, `a ${type}`, shown(body[field]));
      expectSame('modules of seedHash', Object.keys(fieldsOf(body['seedHash'])), [bench.module]);
      return String(body['languageVersion']);
    },
  },
  {
    name: 'metrics',
    title:
      'GET /metrics says the time, memory, requests in flight, calls and failures of each module and what policies did.',
    check: async (bench) => {
      const unit = await bench.unit();
      const counts = async () => {
        const { modules } = await bench.metrics(unit);
        return fieldsOf(fieldsOf(modules)[bench.module]) as { calls: number; failures: number };
      };
      const metrics = await bench.metrics(unit);
      for (const field of ['atMs', 'heapBytes', 'inFlight'])
        if (typeof metrics[field] !== 'number')
          throw new NotMet(`GET /metrics, ${field}`, 'a number', shown(metrics[field]));
      const { loopLagP99Ms } = metrics;
      if (loopLagP99Ms !== null && typeof loopLagP99Ms !== 'number')
        throw new NotMet('GET /metrics, loopLagP99Ms', 'a number or null', shown(loopLagP99Ms));
      const names = Object.keys(fieldsOf(metrics['policies'])).toSorted();
      expectSame('policies of GET /metrics', names, [
        ...['breakerOpens', 'breakerState', 'fallbacks', 'rejectedByBulkhead', 'retries', 'shed'],
      ]);
      const before = await counts();
      goodBody('a request', await bench.askWell(unit));
      expectRefusal('a request with a wrong input', await bench.askWell(unit, { body: '[]' }), {
        ...{ status: 400, code: 'bad-input' },
      });
      await bench.during(unit, 'errors', { share: 1 }, () => bench.askWell(unit));
      const { calls, failures } = await counts();
      expectSame(
        'calls and failures after one that is answered, one that is refused and one that fails',
        { calls: calls - before.calls, failures: failures - before.failures },
        { calls: 3, failures: 1 },
      );
    },
  },
  {
    name: 'audit',
    title: 'GET /audit/<module> answers with the books of a module, and 404 for one that is not there.',
    check: async (bench) => {
      const unit = await bench.unit();
      const books = goodBody(`GET /audit/${bench.module}`, await unit.control('GET', `/audit/${bench.module}`));
      if (typeof books !== 'object' || books === null)
        throw new NotMet(`GET /audit/${bench.module}`, 'an object', shown(books));
      expectRefusal('GET /audit/nobody', await unit.control('GET', '/audit/nobody'), {
        status: 404,
        code: 'not-found',
      });
    },
  },
  {
    name: 'quiesce',
    title: 'POST /quiesce answers { settled: true, pending: 0 } once nothing is left to settle.',
    check: async (bench) => {
      const unit = await bench.unit();
      expectSame('POST /quiesce', goodBody('POST /quiesce', await unit.control('POST', '/quiesce')), {
        ...{ settled: true, pending: 0 },
      });
    },
  },
  {
    name: 'addresses',
    title: 'PUT /addresses takes where other units answer from now on, and refuses a unit that there is not.',
    check: async (bench) => {
      const unit = await bench.unit();
      const put = (body: unknown) => unit.control('PUT', '/addresses', body);
      const good = await put({ units: { [bench.module]: [unit.url] } });
      expectSame('PUT /addresses', goodBody('PUT /addresses', good), { settled: true });
      for (const [what, body] of [
        ['of a unit that there is not', { units: { nobody: ['http://127.0.0.1:1'] } }],
        ['without an address', { units: { [bench.module]: [] } }],
        ['with an address twice', { units: { [bench.module]: [unit.url, unit.url] } }],
        ['with a path', { units: { [bench.module]: ['http://127.0.0.1:1/path'] } }],
        ['without units', {}],
      ] as const)
        expectRefusal(`PUT /addresses ${what}`, await put(body), { status: 400, code: 'bad-input' });
      goodBody(`a request after PUT /addresses (${answerInWords(good)})`, await bench.askWell(unit));
    },
  },
];
