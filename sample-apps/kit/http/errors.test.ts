import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { defineContract } from '../contract.ts';
import { CallError, fromEnvelope, toEnvelope, type ErrorCode } from '../errors.ts';
import { defineModule } from '../module.ts';
import { hostTopology, type HostedTopology } from '../testing/index.ts';
import { toyModules } from '../testing/toy-modules.ts';
import { route } from './route.ts';

/** An entry with a page and an API of its own. */
const front = defineModule({
  contract: defineContract('front', {}),
  uses: {},
  create: () => ({
    handlers: {},
    routes: (['page', 'api'] as const).flatMap((audience) =>
      (['GET', 'POST'] as const).map((method) =>
        route({
          method,
          path: `/${audience}/:id`,
          audience,
          summary: 'Answers',
          handle: () =>
            Promise.resolve(audience === 'page' ? { kind: 'page', html: '<p>well' } : { kind: 'json', body: 'well' }),
        }),
      ),
    ),
  }),
});

let topology: HostedTopology;
beforeAll(async () => {
  topology = await hostTopology({ ...toyModules, front }, { cut: { all: ['front', 'asker', 'callee'] } });
});
afterAll(() => topology.close());

interface Answer {
  status: number;
  type: string;
  body: string;
}

/** What the server says to these bytes before it closes the connection, or after which nothing more comes. */
function sendRaw(url: string, bytes: string | Buffer): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
      resolve({ status, type: /^content-type: ([^;\r]*)/im.exec(head)?.[1] ?? '', body });
    });
    // Half a connection is enough to be answered on, and makes the server close it then.
    socket.end(bytes);
  });
}

const envelope = expect.toSatisfy((body: string) => {
  const { error } = JSON.parse(body) as { error: Record<string, unknown> };
  return typeof error['code'] === 'string' && typeof error['message'] === 'string' && error['retryable'] === false;
}) as string;
const page = expect.stringMatching(/^<!doctype html>/) as string;

const post = (target: string, more = 'content-length: 0', body = ''): string =>
  `POST ${target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${more}\r\n\r\n${body}`;
const json = (length: string): string => `content-type: application/json\r\n${length}`;

describe('what no handler sees is answered like everything else', () => {
  const cases: [what: string, request: (part: string) => string, status: number][] = [
    ['a path that cannot be decoded', (part) => post(`/${part}/%FF`), 400],
    ['half an escape', (part) => post(`/${part}/%`), 400],
    ['a path that is not there', (part) => post(`/${part}/a/b`), 404],
    ['a method that the path does not have', (part) => post(`/${part}/a`).replace('POST', 'PROPFIND'), 404],
    ['no host', (part) => post(`/${part}/a`).replace('host: x\r\n', ''), 400],
    ['two hosts', (part) => post(`/${part}/a`, 'host: b\r\ncontent-length: 0'), 400],
    ['the same host twice', (part) => post(`/${part}/a`, 'HOST: a\r\ncontent-length: 0'), 400],
    ['an expectation', (part) => post(`/${part}/a`, 'expect: more\r\ncontent-length: 0'), 417],
    ['a key that cannot be one', (part) => post(`/${part}/a`, 'idempotency-key: a b\r\ncontent-length: 0'), 400],
    [
      'a body of a type that is not read',
      (part) => post(`/${part}/a`, 'content-type: a/b\r\ncontent-length: 1', 'x'),
      400,
    ],
    ['a body of a type that is none', (part) => post(`/${part}/a`, 'content-type: ;;\r\ncontent-length: 1', 'x'), 400],
    ['a body that is too large', (part) => post(`/${part}/a`, json('content-length: 9999999'), ''), 413],
  ];
  it.each(cases)('%s', async (_what, request, status) => {
    const url = topology.url('front');
    expect(await sendRaw(url, request('page'))).toEqual({ status, type: 'text/html', body: page });
    expect(await sendRaw(url, request('api'))).toEqual({ status, type: 'application/json', body: envelope });
  });

  const part = ' '.repeat(30_000);
  const long = `content-length: ${10 * part.length}`;
  it.each([
    ['a body that is too large', '/api/a', json(long), 413],
    ['chunks that are too large', '/api/a', json('transfer-encoding: chunked'), 413],
    ['a body of a type that is not read', '/api/a', `content-type: a/b\r\n${long}`, 400],
    ['a path that is not there', '/nowhere', json('transfer-encoding: chunked'), 404],
    ['a path that cannot be decoded', '/nowhere/%ff', long, 400],
  ] as const)('%s: whoever writes on does not lose the answer', async (_what, target, headers, status) => {
    const url = topology.url('front');
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const write = (bytes: string): Promise<void> =>
      new Promise((resolve, reject) => {
        socket.write(bytes, (error) => (error ? reject(error) : resolve()));
      });
    const isChunked = headers.includes('chunked');
    const inWire = isChunked ? `${part.length.toString(16)}\r\n${part}\r\n` : part;
    await write(post(target, headers));
    for (let parts = 0; parts < 10; parts++) {
      await write(inWire);
      // When this is answered, so could be what was written before it.
      await fetch(`${url}/health/live`);
    }
    if (isChunked) await write('0\r\n\r\n');
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it.each([
    ['a body of another type', '/api/a', 'content-type: a/b\r\ncontent-length: 10', 400],
    ['a path that is not there', '/nowhere', json('content-length: 10'), 404],
    ['a path that cannot be decoded', '/%ff', json('content-length: 10'), 400],
  ])('%s: the rest of a body that does not come is not waited for', async (_what, target, headers, status) => {
    const socket = connect(Number(new URL(topology.url('front')).port), '127.0.0.1');
    socket.write(post(target, headers, 'half'));
    expect(await text(socket)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });

  it('a parameter may be as long as a target', async () => {
    expect(await sendRaw(topology.url('front'), post(`/api/${'x'.repeat(5000)}`))).toMatchObject({ status: 200 });
  });

  it('a path of no route is a page where there are pages, and not where there are none', async () => {
    expect((await sendRaw(topology.url('front'), post('/nowhere'))).type).toBe('text/html');
    const apart = await hostTopology(toyModules, { cut: { all: ['asker', 'callee'] } });
    for (const path of ['/nowhere', '/callee/%FF'])
      expect((await sendRaw(apart.url('callee'), post(path))).type).toBe('application/json');
    await apart.close();
  });

  const unreadable: [what: string, bytes: string | Buffer, status: number][] = [
    ['bytes of TLS', Buffer.from([22, 3, 1, 2, 0, 1, 0, 1, 252, 3, 3]), 400],
    ['text', 'hello\r\n\r\n', 400],
    ['a method that is none', post('/page/a').replace('POST', 'FROB'), 400],
    ['another version', post('/page/a').replace('/1.1', '/3.7'), 400],
    ['a target that is none', post('page/a'), 400],
    ['a header that is none', post('/page/a', 'a b: c'), 400],
    ['a length that is none', post('/api/a', json('content-length: x'), '{}'), 400],
    ['a length beyond what comes', post('/api/a', json('content-length: 10'), '{}'), 400],
    [
      'two ways to end',
      post('/api/a', json('content-length: 2\r\ntransfer-encoding: chunked'), '2\r\n{}\r\n0\r\n\r\n'),
      400,
    ],
    ['a coding that is not known', post('/api/a', json('transfer-encoding: gzip'), '{}'), 400],
    ['a chunk without a length', post('/api/a', json('transfer-encoding: chunked'), 'zz\r\n'), 400],
    ['headers that are too long', post('/page/a', `a: ${'x'.repeat(20_000)}`), 431],
    ['too many headers', post('/page/a', Array.from({ length: 3000 }, (_, index) => `a${index}: b`).join('\r\n')), 431],
    ['a target that is too long', post(`/page/${'x'.repeat(20_000)}`), 431],
    ['a tunnel', 'CONNECT a:80 HTTP/1.1\r\nhost: a:80\r\n\r\n', 400],
  ];
  it.each(unreadable)('%s, in the envelope', async (_what, bytes, status) => {
    const answer = await sendRaw(topology.url('front'), bytes);
    // A body may come in chunks of its own.
    const body = /\{.*\}/s.exec(answer.body)?.[0] ?? '';
    expect({ ...answer, body }).toEqual({ status, type: 'application/json', body: envelope });
  });

  it('on the control port too', async () => {
    const url = topology.controlUrl('front');
    for (const bytes of [...cases.map(([, request]) => request('api')), ...unreadable.map(([, bytes]) => bytes)]) {
      const answer = await sendRaw(url, bytes);
      expect([answer.type, answer.status >= 400]).toEqual(['application/json', true]);
      expect(/\{.*?\}\}/s.exec(answer.body)?.[0] ?? '').toEqual(envelope);
    }
  });

  it('any bytes at all: an answer that is one, or none', async () => {
    const lines = fc.array(
      fc.oneof(
        fc.constantFrom('GET / HTTP/1.1', 'host: x', '', 'content-length: 5', 'transfer-encoding: chunked', '0', '{}'),
        fc.string({ unit: 'binary', maxLength: 20 }),
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(lines, async (some) => {
        const { status, type } = await sendRaw(topology.url('front'), `${some.join('\r\n')}\r\n\r\n`);
        if (Number.isNaN(status)) return;
        expect(status).toBeGreaterThanOrEqual(200);
        expect(['text/html', 'application/json']).toContain(type);
      }),
      { numRuns: 40 },
    );
  });
});

describe('headers of a call', () => {
  const ask = async (method: string, headers: Record<string, string>): Promise<number> =>
    (
      await fetch(`${topology.url('callee')}/callee/double`, {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(method === 'POST' ? { body: '{"value":1}' } : {}),
      })
    ).status;

  it('a deadline is decimal digits and nothing else', async () => {
    for (const good of ['1000', '60000', '000500', '999999999'])
      expect(await ask('POST', { 'x-deadline-ms': good })).toBe(200);
    for (const bad of [
      '',
      '0x100',
      '1e3',
      '1000.5',
      '+1000',
      '-1',
      '1_000',
      'Infinity',
      'NaN',
      '1000, 2000',
      '٣',
      '9'.repeat(10),
    ])
      expect([bad, await ask('POST', { 'x-deadline-ms': encodeURI(bad).replaceAll('%20', ' ') })]).toEqual([bad, 400]);
    expect(await ask('POST', { 'x-deadline-ms': '0' })).toBe(504);
  });

  it('a key is looked at only where one is used', async () => {
    expect(await ask('POST', { 'idempotency-key': 'not a key' })).toBe(400);
    for (const path of ['/page/a', '/api/a']) {
      const status = async (method: string): Promise<number> =>
        (await fetch(topology.url('front') + path, { method, headers: { 'idempotency-key': 'not a key' } })).status;
      expect([await status('GET'), await status('HEAD'), await status('POST')]).toEqual([200, 200, 400]);
    }
  });
});

describe('what a peer answers', () => {
  const codes: ErrorCode[] = ['bad-input', 'conflict', 'too-large', 'internal', 'deadline', 'breaker-open'];
  const nasty = fc.constantFrom<unknown>(
    null,
    { error: null },
    { error: [] },
    { error: { code: { toString: 1 }, message: '' } },
    { error: { code: 'constructor', message: '' } },
    { error: { code: '__proto__', message: '' } },
    { error: { code: 'conflict', message: 1 } },
    { error: { code: 'conflict', message: '', retryable: 'no' } },
    JSON.parse('{"__proto__":{"error":{"code":"conflict","message":""}}}'),
  );
  const fields = fc.record(
    {
      code: fc.oneof(fc.constantFrom<unknown>(...codes), fc.jsonValue()),
      message: fc.oneof(fc.string(), fc.jsonValue()),
      retryable: fc.oneof(fc.boolean(), fc.jsonValue()),
    },
    { requiredKeys: [] },
  );
  const anyBody = fc.oneof(nasty, fc.jsonValue(), fc.record({ error: fields }), fc.record({ error: fc.jsonValue() }));

  it('is always an error that fits its status, and never thrown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100, max: 999 }), anyBody, (status, body) => {
        const error = fromEnvelope(status, body);
        expect(error).toBeInstanceOf(CallError);
        expect([typeof error.message, typeof error.retryable]).toEqual(['string', 'boolean']);
        if (error.refused) expect(Math.floor(status / 100)).toBe(4);
        else if (error.code !== 'bad-answer') expect(Math.floor(status / 100)).not.toBe(4);
      }),
      { numRuns: 1000 },
    );
  });

  it('is the error that was thrown when it is one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...codes), fc.string(), fc.boolean(), (code, message, retryable) => {
        const error = new CallError(code, message, { retryable });
        const read = fromEnvelope(error.status, JSON.parse(JSON.stringify(toEnvelope(error))));
        expect([read.code, read.message, read.retryable]).toEqual([code, message, retryable]);
      }),
    );
  });
});
