import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CallError } from '../errors.ts';
import type { HostedUnit } from '../hosted-unit.ts';
import { createServer } from './server.ts';

/** The control port: who the unit is, how it does, its faults, traces and books, where others answer, and its end. Every request needs the token; browsers are refused. */
export function createControlServer(unit: HostedUnit): FastifyInstance {
  const server = createServer({ bodyLimitBytes: 64 * 1024, audienceOf: () => 'api' });
  const expected = Buffer.from(`Bearer ${unit.configuration.control.token}`);
  server.addHook('onRequest', (request, reply, next) => {
    const given = Buffer.from(request.headers.authorization ?? '');
    const refuse = (status: number, message: string): void => {
      void reply.code(status).send({ error: { code: 'refused', message, retryable: false } });
    };
    if (request.headers.origin !== undefined) refuse(403, 'requests from a web page are refused');
    else if (given.length !== expected.length || !timingSafeEqual(given, expected))
      refuse(401, 'Authorization: the control token is required');
    else next();
  });

  server.get('/identity', () => unit.identity());
  server.get('/metrics', () => unit.metrics());
  server.post('/faults', (request) => unit.faults.inject(request.body));
  server.get('/faults', () => ({ faults: unit.faults.list() }));
  server.delete<{ Params: { id: string } }>('/faults/:id', (request) => {
    const undone = unit.faults.undo(request.params.id);
    if (undone === undefined) throw new CallError('not-found', `there is no fault "${request.params.id}"`);
    return undone;
  });
  server.get('/traces', () => unit.tracer.drain());
  server.get<{ Params: { module: string } }>('/audit/:module', (request) => unit.audit(request.params.module));
  server.post('/quiesce', () => unit.quiesce());
  server.put('/addresses', (request) => unit.replaceAddresses(request.body));
  server.post('/drain', () => unit.drain());
  return server;
}
