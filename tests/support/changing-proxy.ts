import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An answer on its way. */
export interface PassingAnswer {
  status: number;
  type: string;
  body: string;
}

/** A server on loopback that hands every request on to another, and its answers back as `change` has them. */
export interface ChangingProxy {
  url: URL;
  /** Changes answers of this target from now on, no others. */
  change(target: string, change: (answer: PassingAnswer) => PassingAnswer): void;
  /** Answers requests to targets that match in any way at all. */
  answer(target: RegExp, answer: (response: ServerResponse) => void): void;
  close(): Promise<void>;
}

export async function changingProxy(to: string): Promise<ChangingProxy> {
  let changed: { target: string; change: (answer: PassingAnswer) => PassingAnswer } | undefined;
  let answered: { target: RegExp; answer: (response: ServerResponse) => void } | undefined;
  const server = createServer((request, response) => {
    const { url: target = '', method = 'GET', headers } = request;
    if (answered?.target.test(target) === true) {
      answered.answer(response);
      return;
    }
    const pass = async (): Promise<void> => {
      const body = Buffer.concat(await request.toArray());
      const key = headers['idempotency-key'];
      const passed = await fetch(to + target, {
        ...{ method, body },
        headers: {
          'content-type': headers['content-type'] ?? '',
          ...(typeof key === 'string' ? { 'idempotency-key': key } : {}),
        },
      });
      const answer = {
        status: passed.status,
        type: passed.headers.get('content-type') ?? '',
        body: await passed.text(),
      };
      const { status, type, body: text } = changed?.target === target ? changed.change(answer) : answer;
      response.writeHead(status, { 'content-type': type }).end(text);
    };
    pass().catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    change(target, change) {
      changed = { target, change };
    },
    answer(target, answer) {
      answered = { target, answer };
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
