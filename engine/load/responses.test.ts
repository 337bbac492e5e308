import { createServer, type AddressInfo, type Server } from 'node:net';
import { Client } from 'undici';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ResponseParser } from './response-parser.ts';

interface Answer {
  status: number;
  body: string;
  /** Whether another request may follow on the connection. */
  keepAlive: boolean;
}
type Reading = Answer | 'refused';

const refused = 'refused';
const answer = (status: number, body: string, after?: 'closes'): Answer => ({
  ...{ status, body },
  keepAlive: after === undefined,
});

/** Responses that are read as undici, and llhttp within it, reads them. */
const asOthers: [wire: string, reading: Reading][] = [
  ['HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 2000 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 20 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 099 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 600 OK\r\nContent-Length: 2\r\n\r\nab', answer(600, 'ab')],
  ['HTTP/1.1 999 OK\r\nContent-Length: 2\r\n\r\nab', answer(999, 'ab')],
  ['http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1\t200 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200\tOK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1,1 200 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['\r\n\r\n\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  [' HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 O\x00K\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 O\xffK\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 O\rK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length : 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\n Content-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nNoColon\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\n: x\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX(y): x\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX\xe9: x\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX: a\x00b\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX: a\x01b\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX: a\x7fb\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX: a\xe9b\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nX: a\r\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 1\r\n 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2, 3\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 02\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nContent-Length: 0000000000000000000000002\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nContent-Length: +2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: -2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2.0\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 0x2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length:2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nContent-Length: 18446744073709551618\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n2\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', answer(200, 'ab')],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: gzip\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, '2\r\nab\r\n0\r\n\r\n', 'closes'),
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, '2\r\nab\r\n0\r\n\r\n', 'closes'),
  ],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', answer(200, 'ab')],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
  ],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: ,chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED \r\n\r\n2\r\nab\r\n0\r\n\r\n', answer(200, 'ab')],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: xchunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, '2\r\nab\r\n0\r\n\r\n', 'closes'),
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked;q=1\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, '2\r\nab\r\n0\r\n\r\n', 'closes'),
  ],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n', answer(200, 'ab', 'closes')],
  ['HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  [
    'HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab', 'closes'),
  ],
  [
    'HTTP/1.1 200 OK\r\nConnection: close\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab', 'closes'),
  ],
  [
    'HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: Close\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab', 'closes'),
  ],
  ['HTTP/1.1 200 OK\r\nConnection: foo, close\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.1 200 OK\r\nConnection: closed\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nConnection: x-close\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nConnection: ,,close,,\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.1 200 OK\r\nConnection:close\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.1 200 OK\r\nConnection: \tclose\t\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n', refused],
  ['HTTP/1.1 101 Switching\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab', refused],
  ['HTTP/1.1 200 OK\r\nUpgrade: h2c\r\nConnection: upgrade\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
  [
    'HTTP/1.1 103 E\r\nTransfer-Encoding: chunked\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab'),
  ],
  ['HTTP/1.1 204 No\r\nTransfer-Encoding: chunked\r\n\r\n', answer(204, '')],
  ['HTTP/1.1 205 Reset\r\nContent-Length: 0\r\n\r\n', answer(205, '')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0002\r\nab\r\n000\r\n\r\n', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n00000000000000000002\r\nab\r\n0\r\n\r\n', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 2\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x=y\r\nab\r\n0;a="b;c"\r\n\r\n', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x="a\\"b"\r\nab\r\n0\r\n\r\n', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\ny\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;x\x00y\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x2\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\n0\n\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\nab\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab  \r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n\r\n0\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX: y\r\n\r\n', answer(200, 'ab')],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n  \r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nnocolon\r\n\r\n', refused],
  ['HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nab', refused],
  ['HTTP/1.1 200 OK\r\n\r\nab', answer(200, 'ab', 'closes')],
  ['HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nab', answer(200, 'ab')],
];

/** Where the standard says otherwise, or allows it and servers need it. */
const byTheStandard: [wire: string, reading: Reading, why: string][] = [
  [
    'HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9110, 2.5: a higher minor version is read as the highest that is known',
  ],
  [
    'HTTP/2.0 200 OK\r\nContent-Length: 2\r\n\r\nab',
    refused,
    'RFC 9112, 2.3: another major version is another protocol',
  ],
  [
    'HTTP/0.9 200 OK\r\nContent-Length: 2\r\n\r\nab',
    refused,
    'RFC 9112, 2.3: another major version is another protocol',
  ],
  ['HTTP/1.1 200 OK\nContent-Length: 2\n\nab', answer(200, 'ab'), 'RFC 9112, 2.2: a line may end in a single LF'],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2\n\r\nab', answer(200, 'ab'), 'RFC 9112, 2.2: a line may end in a single LF'],
  ['HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\nab', answer(200, 'ab'), 'RFC 9112, 2.2: a line may end in a single LF'],
  [
    'HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nX: a\r\n\tfolded\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nConnection: keep-alive,\r\n close\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab', 'closes'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length:\r\n 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n \r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding:\r\n chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 6.3: lengths that are all the same are one',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 2, 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 6.3: lengths that are all the same are one',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 2,\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9110, 5.6.1.2: empty elements are passed over',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: ,2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9110, 5.6.1.2: empty elements are passed over',
  ],
  [
    'HTTP/1.1 200 OK\r\nContent-Length: 2\t \r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9112, 5: blanks after a value are none of it',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked,\r\n\r\n2\r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
    'RFC 9110, 5.6.1.2: empty elements are passed over',
  ],
  [
    'HTTP/1.1 100 Continue\r\nContent-Length: 5\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab'),
    'RFC 9110, 15.2: a client takes a 1xx that it did not ask for',
  ],
  [
    'HTTP/1.1 103 E\r\nConnection: close\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nab',
    answer(200, 'ab', 'closes'),
    'RFC 9112, 9.6: the close that is announced comes after the final response',
  ],
  [
    'HTTP/1.1 204 No\r\nContent-Length: 2\r\n\r\n',
    answer(204, ''),
    'RFC 9112, 6.3: a 204 has no body, whatever its fields say',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 \r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
    'padded by servers of old',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2 ;x=y\r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
    'RFC 9112, 7.1.1: blanks before an extension are to be read',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;\r\nab\r\n0\r\n\r\n',
    answer(200, 'ab'),
    'an extension means nothing here',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX: y\r\n z\r\n\r\n',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nX: y\r\n  \r\n\r\n',
    answer(200, 'ab'),
    'RFC 9112, 5.2: a folded value is read as one',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\nContent-Length: 5\r\n\r\n',
    answer(200, 'ab'),
    'RFC 9110, 6.5.1: a field of framing means nothing in a trailer',
  ],
  [
    'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\n',
    answer(200, 'ab'),
    'RFC 9112, 2.2: a line may end in a single LF',
  ],
];

/** What becomes of bytes that come in pieces, after which the connection ends. */
function read(pieces: readonly Buffer[]): Reading {
  const parser = new ResponseParser();
  parser.begin(true, false);
  try {
    let complete = false;
    for (const piece of pieces) if (!complete) complete = parser.push(Buffer.from(piece), piece.length);
    if (!complete && !parser.finish()) return refused;
    return { status: parser.status, body: parser.body ?? '', keepAlive: parser.keepAlive };
  } catch (error) {
    expect((error as Error).constructor.name).toBe('ResponseSyntaxError');
    return refused;
  }
}

let server: Server;
let served = '';
beforeAll(async () => {
  server = createServer((socket) => {
    socket.once('data', () => socket.end(Buffer.from(served, 'latin1')));
    socket.on('error', () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => server.close());

/** Status and body as undici has them; whether it would use the connection again it does not say. */
async function readByUndici(wire: string): Promise<Omit<Answer, 'keepAlive'> | 'refused'> {
  served = wire;
  const client = new Client(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  try {
    const { statusCode, body } = await client.request({ path: '/', method: 'GET' });
    return { status: statusCode, body: await body.text() };
  } catch {
    return refused;
  } finally {
    await client.destroy();
  }
}

const all = [...asOthers, ...byTheStandard.map(([wire, reading]): [string, Reading] => [wire, reading])];

test.each(all)('%j is read alike however it is cut', (wire, reading) => {
  const bytes = Buffer.from(wire, 'latin1');
  expect(read([bytes])).toEqual(reading);
  expect(read([...bytes].map((byte) => Buffer.of(byte)))).toEqual(reading);
  for (let cut = 1; cut < bytes.length; cut++)
    expect(read([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual(reading);
});

test.each(asOthers)('%j is read as undici reads it', async (wire, reading) => {
  const { keepAlive: _, ...told } = reading === refused ? { keepAlive: false } : reading;
  expect(await readByUndici(wire)).toEqual(reading === refused ? refused : told);
});

test.each(byTheStandard)(
  'undici reads %j another way, and %j is what the standard says or allows',
  async (wire, reading) => {
    const { keepAlive: _, ...told } = reading === refused ? { keepAlive: false } : reading;
    expect(await readByUndici(wire)).not.toEqual(reading === refused ? refused : told);
  },
);

const response = (fields: string): string => `HTTP/1.1 200 OK\r\n${fields}\r\n\r\n`;

test.each([
  ['64 KiB of fields', response(`Content-Length: 0\r\nX: ${'x'.repeat(65_450)}`), answer(200, '')],
  ['more than that', response(`Content-Length: 0\r\nX: ${'x'.repeat(65_536)}`), refused],
  [
    'more than that in trailers',
    `${response('Transfer-Encoding: chunked')}0\r\nX: ${'x'.repeat(65_536)}\r\n\r\n`,
    refused,
  ],
  [
    'more than that in an extension',
    `${response('Transfer-Encoding: chunked')}0;${'x'.repeat(65_536)}\r\n\r\n`,
    refused,
  ],
  [
    'more than that in interim responses',
    `${'HTTP/1.1 103 Hints\r\n\r\n'.repeat(4000)}${response('Content-Length: 0')}`,
    answer(200, ''),
  ],
])('a response with %s is read alike however it is cut', (_what, wire, reading) => {
  const bytes = Buffer.from(wire, 'latin1');
  expect(read([bytes])).toEqual(reading);
  for (const size of [999, 16_384]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    expect(read(pieces)).toEqual(reading);
  }
});

test.each([
  ['Keep-Alive: timeout=5', 5000],
  ['Keep-Alive: timeout=5, max=100', 5000],
  ['keep-alive: max=100,timeout="1"', 1000],
  ['Keep-Alive: timeout=0', 0],
  ['Keep-Alive: 5', null],
  ['Keep-Alive: xtimeout=5', null],
  ['X: timeout=5', null],
])('a server that says %j is taken to keep an idle connection for %j ms', (field, idleMs) => {
  const parser = new ResponseParser();
  parser.begin(false);
  const bytes = Buffer.from(response(`Content-Length: 0\r\n${field}`));
  expect(parser.push(bytes, bytes.length)).toBe(true);
  expect(parser.idleMs).toBe(idleMs);
});
