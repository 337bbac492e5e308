import { expectRefusal, goodBody, sendInParts, sendRaw } from '../ask.ts';
import { NotMet, shown, type Requirement } from '../requirement.ts';

const mostBytes = 256 * 1024;

/** Requests that no route ever sees. */
const unreadable: readonly [what: string, bytes: string][] = [
  ['text', 'hello\r\n\r\n'],
  ['a request without a host', 'GET /health/live HTTP/1.1\r\nConnection: close\r\n\r\n'],
  ['two hosts', 'GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n'],
  ['a path that cannot be decoded', 'GET /%FF HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['headers that are too long', `GET /health/live HTTP/1.1\r\nHost: x\r\nA: ${'x'.repeat(200_000)}\r\n\r\n`],
];

export const refusalRequirements: readonly Requirement[] = [
  {
    name: 'bad-json',
    title: 'A body that is not JSON is refused with 400 bad-input.',
    check: async (bench) => {
      const unit = await bench.unit();
      for (const body of ['{', '', 'NaN', '[1,]', '{"a":1} {}', '['.repeat(100_000)])
        expectRefusal(`the body ${shown(body).slice(0, 20)}`, await bench.askWell(unit, { body }), {
          ...{ status: 400, code: 'bad-input', retryable: false },
        });
    },
  },
  {
    name: 'bad-input',
    title: 'An input that is not as the contract says is refused with 400 bad-input, for every operation.',
    check: async (bench) => {
      const unit = await bench.unit();
      for (const { name } of bench.options.contract.operations)
        for (const input of ['[]', 'null', '"text"', '5'])
          expectRefusal(`${name} with ${input}`, await unit.ask({ path: `/${bench.module}/${name}`, body: input }), {
            status: 400,
            code: 'bad-input',
            retryable: false,
          });
      const { path, input, operation } = bench.question;
      const required = operation.input['required'];
      for (const field of Array.isArray(required) ? (required as string[]) : []) {
        const body = JSON.stringify({ ...(input as object), [field]: undefined });
        expectRefusal(`${path} without ${field}`, await unit.ask({ path, body }), { status: 400, code: 'bad-input' });
      }
    },
  },
  {
    name: 'unknown-path',
    title: 'What is not there is refused with 404 not-found, also a method that a path does not have.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { path, body } = bench.question;
      for (const [method, target] of [
        ['GET', '/nowhere'],
        ['GET', path],
        ['POST', `/${bench.module}/nothing`],
        ['POST', '/nobody/nothing'],
        ['DELETE', '/health/live'],
      ] as const)
        expectRefusal(
          `${method} ${target}`,
          await unit.ask({ method, path: target, ...(method === 'POST' ? { body } : {}) }),
          { status: 404, code: 'not-found', retryable: false },
        );
    },
  },
  {
    name: 'body-limit',
    title: 'A body of 256 KiB is read; one byte more is refused with 413 too-large.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { body } = bench.question;
      const padded = (bytes: number): string => body.padEnd(bytes, ' ');
      goodBody(`a body of ${mostBytes} bytes`, await bench.askWell(unit, { body: padded(mostBytes) }));
      expectRefusal(`a body of ${mostBytes + 1} bytes`, await bench.askWell(unit, { body: padded(mostBytes + 1) }), {
        status: 413,
        code: 'too-large',
        retryable: false,
      });
      goodBody('a request after that', await bench.askWell(unit));
    },
  },
  {
    name: 'refused-while-writing',
    title: 'Whoever is still writing what is refused gets the refusal: the connection is not reset under it.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { path } = bench.question;
      const part = ' '.repeat(30_000);
      const head = (line: string): string =>
        `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n`;
      const body = [`Content-Length: ${10 * part.length}\r\n\r\n`, ...Array.from({ length: 10 }, () => part)];
      for (const [what, url, parts] of [
        ['a body that is too long', unit.url, [head(`POST ${path}`), ...body]],
        ['a path that is not there', unit.url, [head('POST /nowhere'), ...body]],
        ['a request without the token', unit.controlUrl, [head('POST /faults'), ...body]],
        ['headers that are too long', unit.url, [`${head(`POST ${path}`)}A: `, ...body.slice(1), '\r\n\r\n']],
      ] as const) {
        const came = await sendInParts(url, parts, () => unit.ask({ method: 'GET', path: '/health/live' }));
        if (!/^HTTP\/1\.[01] 4\d\d /.test(came)) throw new NotMet(what, 'a status from 400', shown(came));
      }
      goodBody('a request after that', await bench.askWell(unit));
    },
  },
  {
    name: 'refused-unsent',
    title: 'A refusal waits a few seconds at most for the rest of a body.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { path } = bench.question;
      for (const [what, url, line, type] of [
        ['a body of another type', unit.url, `POST ${path}`, 'text/plain'],
        ['a path that is not there', unit.url, 'POST /nowhere', 'application/json'],
        ['a request without the token', unit.controlUrl, 'POST /faults', 'application/json'],
      ] as const) {
        const head = `${line} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: 10\r\n\r\n`;
        const came = await sendRaw(url, `${head}half`, { isEnded: false });
        if (!/^HTTP\/1\.[01] 4\d\d /.test(came ?? ''))
          throw new NotMet(`${what}, half of it sent`, 'a status from 400', shown(came));
      }
    },
  },
  {
    name: 'unreadable',
    title: 'What no route ever sees is refused with a status from 400 in the envelope, and harms nobody else.',
    check: async (bench) => {
      const unit = await bench.unit();
      await Promise.all(
        unreadable.map(async ([what, bytes]) => {
          const came = await sendRaw(unit.url, bytes);
          const isRefused = came !== null && /^HTTP\/1\.[01] [45]\d\d /.test(came);
          if (!isRefused || !/\{"error":\{.*"code":/.test(came))
            throw new NotMet(what, 'a status from 400 with the envelope', shown(came));
        }),
      );
      goodBody('a request after that', await bench.askWell(unit));
    },
  },
];
