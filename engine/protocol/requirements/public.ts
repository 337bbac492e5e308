import { checkContract } from '../../contracts/index.ts';
import { fieldsOf, goodBody, sendRaw } from '../ask.ts';
import { expectSame, NotMet, shown, type Requirement } from '../requirement.ts';

export const publicRequirements: readonly Requirement[] = [
  {
    name: 'health-live',
    title: 'GET /health/live answers 200.',
    check: async (bench) => {
      const unit = await bench.unit();
      goodBody('GET /health/live', await unit.ask({ method: 'GET', path: '/health/live' }));
    },
  },
  {
    name: 'health-ready',
    title: 'GET /health/ready answers 200 with { ready: true, waiting: [], draining: false }.',
    check: async (bench) => {
      const unit = await bench.unit();
      const body = goodBody('GET /health/ready', await unit.ask({ method: 'GET', path: '/health/ready' }));
      expectSame('GET /health/ready', body, { ready: true, waiting: [], draining: false });
    },
  },
  {
    name: 'document',
    title: 'GET /openapi.json answers with the document of its contract, titled "application: unit".',
    check: async (bench) => {
      const unit = await bench.unit();
      const body = fieldsOf(goodBody('GET /openapi.json', await unit.ask({ method: 'GET', path: '/openapi.json' })));
      const { paths } = bench.options.contract.document as { paths: unknown };
      const title = fieldsOf(body['info'])['title'];
      expectSame('info.title of GET /openapi.json', title, `${bench.options.application}: ${bench.module}`);
      expectSame('paths of GET /openapi.json', sorted(body['paths']), sorted(paths));
    },
  },
  {
    name: 'examples',
    title: 'It answers all examples of its contract as they say.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { contract, examples, signal } = bench.options;
      const { differences, notAsked, requests } = await checkContract({
        ...{ contract, examples, url: new URL(unit.url) },
        ...(signal === undefined ? {} : { signal }),
      });
      const [first] = differences;
      if (first !== undefined)
        throw new NotMet(
          `${first.operation}: ${first.request}`,
          `${first.field ?? first.place}: ${first.expected}`,
          `${first.came} (${differences.length} such differences)`,
        );
      const [missing] = notAsked;
      if (missing !== undefined) throw new NotMet(missing.example, 'an answer', `not asked: ${missing.because}`);
      return `${examples.length} examples, ${requests} requests`;
    },
  },
  {
    name: 'media-type',
    title: 'The media type of a body is taken in any case and with parameters; any other is refused with 400.',
    check: async (bench) => {
      const unit = await bench.unit();
      const headers = { 'content-type': 'Application/JSON ; charset=utf-8' };
      goodBody('a body of type "Application/JSON ; charset=utf-8"', await bench.askWell(unit, { headers }));
      const answer = await bench.askWell(unit, { headers: { 'content-type': 'text/plain' } });
      if ('came' in answer || answer.status !== 400)
        throw new NotMet(
          'a body of type text/plain',
          'status 400',
          'came' in answer ? answer.came : `${answer.status}`,
        );
    },
  },
  {
    name: 'chunked-body',
    title: 'A body that comes in chunks is read like one with a length.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { path, body } = bench.question;
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
      const chunks = [body.slice(0, 3), body.slice(3)].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`);
      const came = await sendRaw(unit.url, `${head}${chunks.join('')}0\r\n\r\n`);
      if (came?.startsWith('HTTP/1.1 200') !== true) throw new NotMet('a body in chunks', 'status 200', shown(came));
    },
  },
  {
    name: 'keep-alive',
    title: 'Connections are kept: one answers several requests, one after another.',
    check: async (bench) => {
      const unit = await bench.unit();
      const { path, body } = bench.question;
      const head = (more: string): string =>
        `POST ${path} HTTP/1.1\r\nHost: x\r\n${more}Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
      const came = await sendRaw(unit.url, head('') + head('') + head('Connection: close\r\n'));
      const count = came?.match(/HTTP\/1\.1 200/g)?.length ?? 0;
      if (count !== 3) throw new NotMet('three requests on one connection', 'three answers', String(count));
    },
  },
];

/** With the names of objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
