import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import fc from 'fast-check';
import { Client } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ResponseParser } from './response-parser.ts';

interface Wire {
  status: number;
  head: boolean;
  framing: 'length' | 'chunked' | 'close';
  interim: number[];
  body: string;
  /** Where the chunked coding cuts the body. */
  cuts: number[];
  connection: 'none' | 'close' | 'keep-alive';
  upperCase: boolean;
  trailer: boolean;
  extension: boolean;
}

const wires: fc.Arbitrary<Wire> = fc.record({
  status: fc.constantFrom(200, 201, 204, 301, 304, 404, 500, 503),
  head: fc.boolean(),
  framing: fc.constantFrom('length', 'chunked', 'close'),
  // undici takes an unasked 100 for an error; a test of its own covers that one.
  interim: fc.array(fc.constantFrom(102, 103), { maxLength: 2 }),
  body: fc.oneof(
    fc.string({ maxLength: 300, unit: 'grapheme' }),
    fc.json({ maxDepth: 2 }),
    fc.constant('\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'),
  ),
  cuts: fc.array(fc.nat({ max: 300 }), { maxLength: 4 }),
  connection: fc.constantFrom('none', 'close', 'keep-alive'),
  upperCase: fc.boolean(),
  trailer: fc.boolean(),
  extension: fc.boolean(),
});

const bodyless = (wire: Wire): boolean => wire.head || wire.status === 204 || wire.status === 304;

function bytesOf(wire: Wire): Buffer {
  const body = Buffer.from(wire.body);
  const headers = ['Date: Sun, 22 Nov 2026 13:38:36 GMT', 'X-Content-Length-Hint: 7'];
  if (wire.connection !== 'none') headers.push(`Connection: ${wire.connection}`);
  // No framing for 204 (RFC 9110, 8.6); undici misses the body of a 304 that gives the length of what it leaves out.
  const framed = wire.status !== 204 && wire.status !== 304;
  if (framed && wire.framing === 'length') headers.push(`Content-Length: ${body.length}`);
  if (framed && wire.framing === 'chunked') headers.push('Transfer-Encoding: chunked');
  const lines = headers.map((line) => (wire.upperCase ? line.toUpperCase() : line));
  const parts = wire.interim.map((status) => Buffer.from(`HTTP/1.1 ${status} Wait\r\nLink: </a>\r\n\r\n`));
  parts.push(Buffer.from(`HTTP/1.1 ${wire.status} Some Reason\r\n${lines.join('\r\n')}\r\n\r\n`));
  if (!bodyless(wire)) parts.push(wire.framing === 'chunked' ? chunked(body, wire) : body);
  return Buffer.concat(parts);
}

function chunked(body: Buffer, wire: Wire): Buffer<ArrayBuffer> {
  const cuts = [...new Set([0, ...wire.cuts.filter((cut) => cut < body.length), body.length])].sort((a, b) => a - b);
  const chunks = cuts.slice(1).map((end, index) => {
    const chunk = body.subarray(cuts[index], end);
    const size = wire.upperCase ? chunk.length.toString(16).toUpperCase() : chunk.length.toString(16).padStart(3, '0');
    return Buffer.concat([
      Buffer.from(`${size}${wire.extension ? ';name=value' : ''}\r\n`),
      chunk,
      Buffer.from('\r\n'),
    ]);
  });
  return Buffer.concat([...chunks, Buffer.from(`0\r\n${wire.trailer ? 'Checked: yes\r\n' : ''}\r\n`)]);
}

/** Feeds the bytes in pieces of the given sizes, each through one reused buffer, as the sockets do. */
function parse(bytes: Buffer, sizes: readonly number[], head: boolean) {
  const parser = new ResponseParser();
  parser.begin(true, head);
  const shared = Buffer.alloc(65_536);
  let done = false;
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.min(sizes[turn % sizes.length] ?? bytes.length, bytes.length - at);
    bytes.copy(shared, 0, at, at + size);
    done = parser.push(shared, size);
    shared.fill(0xff, 0, size);
    at += size;
    if (done) break;
  }
  const ended = done || parser.finish();
  return { ended, allRead: at === bytes.length, status: parser.status, body: parser.body, keepAlive: parser.keepAlive };
}

let server: Server;
let port: number;
let answer: Buffer = Buffer.alloc(0);
const sockets = new Set<Socket>();

beforeAll(async () => {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.once('data', () => socket.end(answer));
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
});

test('every response is read as undici reads it, however its bytes are cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      wires,
      fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 20 }),
      async (wire, sizes) => {
        answer = bytesOf(wire);
        const client = new Client(`http://127.0.0.1:${port}`);
        const theirs = await client.request({ path: '/', method: wire.head ? 'HEAD' : 'GET' });
        const theirBody = await theirs.body.text();
        await client.destroy();

        const ours = parse(answer, sizes, wire.head);
        expect(ours).toMatchObject({ ended: true, allRead: true, status: theirs.statusCode, body: theirBody });
        // Only a response that says where it ends leaves the connection usable.
        const delimited = bodyless(wire) || wire.framing !== 'close';
        expect(ours.keepAlive).toBe(delimited && wire.connection !== 'close');
      },
    ),
    { numRuns: 300 },
  );
});

test('a response cut short is not complete', () => {
  fc.assert(
    fc.property(wires, fc.double({ min: 0, max: 0.999, noNaN: true }), (wire, share) => {
      fc.pre(wire.framing !== 'close' || bodyless(wire));
      const bytes = bytesOf(wire);
      const cut = Math.floor(bytes.length * share);
      expect(parse(bytes.subarray(0, cut), [17], wire.head).ended).toBe(false);
    }),
  );
});

test('a 100 that nobody asked for is passed over (RFC 9110, 15.2)', () => {
  const bytes = Buffer.from('HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok');
  expect(parse(bytes, [9], false)).toMatchObject({ ended: true, status: 200, body: 'ok', keepAlive: true });
});

test('a 304 has no body, whatever length it gives (RFC 9110, 15.4.5)', () => {
  const bytes = Buffer.from('HTTP/1.1 304 Not Modified\r\ncontent-length: 200\r\n\r\n');
  expect(parse(bytes, [9], false)).toMatchObject({ ended: true, status: 304, body: '', keepAlive: true });
});

test('bytes after the response make the connection unusable', () => {
  const { ended, keepAlive } = parse(
    Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nokHTTP/1.1'),
    [1000],
    false,
  );
  expect([ended, keepAlive]).toEqual([true, false]);
});

test.each([
  'SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n',
  'HTTP/1.1 2x0 OK\r\n\r\n',
  'HTTP/2 200\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: two\r\n\r\n',
  'HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nabc',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n',
  'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nabcd\r\n',
  `HTTP/1.1 200 OK\r\nlong: ${'a'.repeat(70_000)}`,
])('what is not HTTP is refused: %.40s', (text) => {
  expect(() => parse(Buffer.from(text), [4000], false)).toThrow();
});

test('no bytes, whatever they are, bring the parser down otherwise than by its own error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, prefixed) => {
      const prefix = prefixed ? 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n' : '';
      try {
        parse(Buffer.concat([Buffer.from(prefix), noise]), [7], false);
      } catch (error) {
        expect((error as Error).constructor.name).toBe('ResponseSyntaxError');
      }
    }),
  );
});
