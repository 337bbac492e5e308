import { createServer } from 'node:http';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AgentClient } from '../agent/index.ts';
import { systemClock } from '../clock/index.ts';
import { runLoad, variablesOf } from '../load/index.ts';
import type { Application, Journey, LoadPlan, Step } from '../model/index.ts';
import { measureFirstRequests, plainStep, tours } from './first-requests.ts';

const step = (some: Partial<Step>): Step => ({
  endpoint: 'page',
  path: '/',
  headers: {},
  expect: { status: [200], fields: [] },
  capture: {},
  ...some,
});
const journey = (draw: Journey['draw'], steps: Step[]): Journey => ({ title: 'One', weight: 1, draw, steps });
const endpoint = (method: 'GET' | 'POST') => ({ title: 'One', method, route: '/', needs: {} });
const applicationOf = (journeys: Record<string, Journey>): Application =>
  ({
    endpoints: { page: endpoint('GET'), first: endpoint('GET'), second: endpoint('POST'), third: endpoint('GET') },
    journeys,
  }) as Partial<Application> as Application;

const seen: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk.toString();
  });
  request.on('end', () => {
    seen.push(`${request.method} ${request.url} ${String(request.headers['x-id'] ?? '')} ${body}`.trim());
    response.end(`{"id":"from ${request.url}"}`);
  });
});
beforeAll(
  () =>
    new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    }),
);
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
const agent = {
  request: () => Promise.resolve({ status: 200, endedAtMs: 1 }),
  startLoad: (plan: LoadPlan) => ({ done: runLoad(plan) }),
} as unknown as AgentClient;
const measure = (application: Application) => {
  const { port } = server.address() as { port: number };
  return measureFirstRequests(agent, application, `http://127.0.0.1:${port}`, {
    clock: systemClock,
    seed: 1,
    signal: new AbortController().signal,
  });
};
const only = (value: string) => ({ id: { kind: 'choice' as const, values: [value] } });

describe('the tour through every journey', () => {
  test('keeps apart what two journeys call by one name: in target, header and body, drawn and captured', async () => {
    const application = applicationOf({
      one: journey(only('drawn by one'), [
        step({ endpoint: 'first', path: '/first/${id}', headers: { 'x-id': '${id}' }, capture: { got: 'id' } }),
        step({ endpoint: 'second', path: '/second', body: { id: '${id}', got: ['${got}'] } }),
      ]),
      two: journey(only('drawn by two'), [
        step({ endpoint: 'third', path: '/third/${id}', headers: { 'x-id': '${id}' }, capture: { got: 'id' } }),
        step({ endpoint: 'second', path: '/second', body: { id: '${id}', got: ['${got}'] } }),
      ]),
    });
    const { endpoints } = await measure(application);
    expect(seen.splice(0)).toEqual([
      'GET /first/drawn%20by%20one drawn by one',
      'POST /second  {"id":"drawn by one","got":["from /first/drawn%20by%20one"]}',
      'GET /third/drawn%20by%20two drawn by two',
      'POST /second  {"id":"drawn by two","got":["from /third/drawn%20by%20two"]}',
    ]);
    expect(Object.keys(endpoints).toSorted()).toEqual(['first', 'second', 'third']);
  });

  test('takes every step, also where there are more than one journey may have', async () => {
    const long = (path: string) =>
      journey(
        {},
        Array.from({ length: 30 }, () => step({ path })),
      );
    await measure(applicationOf({ one: long('/one'), two: long('/two'), three: long('/three') }));
    expect(seen.splice(0)).toHaveLength(90);
  });

  test('any journeys: no name stands for two things, and every step has what it had', () => {
    const name = fc.constantFrom('a', 'a2', 'b', '__proto__', 'toString');
    const anyJourney = fc
      .tuple(fc.uniqueArray(name), fc.array(fc.tuple(name, name), { maxLength: 20 }))
      .map(([drawn, steps]): Journey =>
        journey(
          Object.fromEntries(drawn.map((one) => [one, { kind: 'uuid' as const }])),
          steps.map(([used, captured]) =>
            step({
              path: `/\${${used}}`,
              headers: { h: `\${${used}}` },
              body: [`\${${used}}`],
              capture: Object.fromEntries([[captured, 'id']]),
              ledger: { key: `\${${used}}` },
            }),
          ),
        ),
      );
    fc.assert(
      fc.property(fc.array(anyJourney, { minLength: 1, maxLength: 8 }), (journeys) => {
        const application = applicationOf(Object.fromEntries(journeys.map((one, index) => [`j${index}`, one])));
        const joined = tours(application);
        expect(joined.every(({ steps }) => steps.length <= 50)).toBe(true);
        const steps = joined.flatMap((tour) => tour.steps);
        const meanings = new Map<string, string>();
        for (const [index, one] of journeys.entries()) {
          const now = steps.splice(0, one.steps.length);
          for (const [at, before] of one.steps.entries()) {
            const pairs = [
              ...variablesOf(before).map((from, place) => [from, variablesOf(now[at]!)[place]!] as const),
              [Object.keys(before.capture)[0]!, Object.keys(now[at]!.capture)[0]!] as const,
            ];
            const known = new Set([
              ...Object.keys(one.draw),
              ...one.steps.flatMap(({ capture }) => Object.keys(capture)),
            ]);
            for (const [from, to] of pairs) {
              if (!known.has(from)) continue;
              expect(meanings.get(to) ?? `${index} ${from}`).toBe(`${index} ${from}`);
              meanings.set(to, `${index} ${from}`);
            }
          }
        }
        expect(steps).toEqual([]);
      }),
    );
  });
});

test('the step that is asked by itself needs nothing, wherever it could', () => {
  const needy: Partial<Step>[] = [
    { path: '/${id}' },
    { headers: { h: '${id}' } },
    { body: { id: '${id}' } },
    { body: 1 },
  ];
  const steps = needy.map((some) => step(some));
  expect(plainStep(applicationOf({ one: journey(only('x'), steps) })).path).toBe('/health/ready');
  const plain = step({ path: '/plain' });
  expect(plainStep(applicationOf({ one: journey(only('x'), [...steps, plain]) }))).toBe(plain);
});
