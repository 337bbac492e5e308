import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { countFailure, serve, type Callee } from '../calls/callee.ts';
import { validate } from '../calls/validate.ts';
import { assertInTime, type CallContext } from '../context.ts';
import { CallError, asCallError } from '../errors.ts';
import { ConnectionReset } from '../faults/connection-reset.ts';
import type { HostedUnit } from '../hosted-unit.ts';
import { timedSerialization, type Span } from '../trace.ts';
import { sendError, sendJson, sendPage } from './answers.ts';
import { audienceByTarget } from './audience.ts';
import { readCookie } from './cookie.ts';
import { openApi } from './open-api.ts';
import { contextOfRequest } from './request-context.ts';
import { bodyTypes, formType, jsonType, type Audience, type Reply, type Route } from './route.ts';
import { createServer } from './server.ts';

/** Longer than callers keep an idle connection, ms. */
const keepAliveMs = 75_000;
const bodyLimitBytes = 256 * 1024;

/** The unit's public port: contracts, routes of the entry, health and OpenAPI. */
export function createPublicServer(unit: HostedUnit): FastifyInstance {
  const server = createServer({
    bodyLimitBytes,
    keepAliveMs,
    audienceOf: audienceByTarget(unit.contracts.keys(), unit.routes),
  });
  acceptBodies(server);

  server.get('/health/live', (_request, reply) => sendJson(reply, 200, '{"live":true}'));
  server.get('/health/ready', (_request, reply) => {
    const waiting = unit.unreadyModules();
    const ready = waiting.length === 0;
    return sendJson(reply, ready ? 200 : 503, JSON.stringify({ ready, waiting, draining: unit.draining }));
  });
  let document: string | undefined;
  server.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(
      openApi(
        `${unit.configuration.application}: ${unit.configuration.unit}`,
        [...unit.contracts.values()],
        unit.routes,
      ),
    );
    return sendJson(reply, 200, document);
  });

  void server.register(async (work) => {
    work.addHook('onRequest', (_request, reply, next) => {
      const refusal = unit.admit();
      if (refusal !== undefined) {
        next(refusal);
        return;
      }
      if (unit.draining) void reply.header('connection', 'close');
      reply.raw.once('close', () => unit.leave());
      next();
    });
    for (const callee of unit.callees.values()) addContract(work, unit, callee);
    for (const { module, route } of unit.routesByModule) {
      const callee = unit.callees.get(module);
      if (callee !== undefined) addRoute(work, unit, callee, route);
    }
  });
  return server;
}

function acceptBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  // Bodies stay text until the handler, which parses them where the time can be told to the span.
  server.addContentTypeParser([jsonType, formType], { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });
}

function addContract(server: FastifyInstance, unit: HostedUnit, callee: Callee): void {
  for (const operation of Object.keys(callee.operations)) {
    server.post(`/${callee.name}/${operation}`, async (request, reply) => {
      const context = contextOfRequest(request, callee.name, operation, unit.tracer);
      const { span } = context;
      unit.beginWork();
      try {
        const answer = await serve(callee, operation, readJson(request, span), context);
        const text = timedSerialization(span, () => JSON.stringify(answer));
        if (span !== undefined) span.bytesOut = Buffer.byteLength(text);
        return sendJson(reply, 200, text);
      } catch (thrown) {
        return fail(reply, callee, asCallError(thrown), 'api');
      } finally {
        unit.endWork();
        if (span !== undefined) unit.tracer.finish(span);
      }
    });
  }
}

function addRoute(server: FastifyInstance, unit: HostedUnit, callee: Callee, route: Route): void {
  const operation = `${route.method} ${route.path}`;
  server.route({
    method: route.method,
    url: route.path,
    config: { audience: route.audience },
    handler: async (request, reply) => {
      const context = contextOfRequest(request, callee.name, operation, unit.tracer);
      callee.calls++;
      unit.beginWork();
      try {
        const answer = await runRoute(callee, route, request, context);
        return sendReply(reply, route, answer, context.span);
      } catch (thrown) {
        return fail(reply, callee, countFailure(callee, operation, thrown, context), route.audience);
      } finally {
        unit.endWork();
        if (context.span !== undefined) unit.tracer.finish(context.span);
      }
    },
  });
}

async function runRoute(callee: Callee, route: Route, request: FastifyRequest, context: CallContext): Promise<Reply> {
  const gate = callee.point.pass();
  if (gate !== undefined) {
    await gate;
    assertInTime(context, route.path);
  }
  const read = (name: 'params' | 'query' | 'body', value: () => unknown): unknown => {
    const schema = route[name];
    return schema === undefined ? undefined : validate(schema, value(), 'bad-input', name);
  };
  return route.handle(
    {
      params: read('params', () => request.params),
      query: read('query', () => request.query),
      body: read('body', () => readBody(route, request, context.span)),
      cookie: readCookie(request.headers.cookie),
    },
    context,
  );
}

function readBody(route: Route, request: FastifyRequest, span: Span | undefined): unknown {
  if (bodyTypes(route).includes(formType) && mediaType(request) === formType)
    return Object.fromEntries(new URLSearchParams(String(request.body)));
  return readJson(request, span);
}

/** Names of media types have no case, and parameters may follow (RFC 9110, 8.3.1). */
function mediaType(request: FastifyRequest): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

function readJson(request: FastifyRequest, span: Span | undefined): unknown {
  if (typeof request.body !== 'string' || mediaType(request) !== jsonType)
    throw new CallError('bad-input', 'body: a JSON body is required');
  const text = request.body;
  if (span !== undefined) span.bytesIn = Buffer.byteLength(text);
  try {
    return timedSerialization(span, () => JSON.parse(text) as unknown);
  } catch {
    throw new CallError('bad-input', 'body: not valid JSON');
  }
}

function sendReply(reply: FastifyReply, route: Route, answer: Reply, span: Span | undefined): FastifyReply {
  if ('cookie' in answer && answer.cookie !== undefined) void reply.header('set-cookie', answer.cookie);
  switch (answer.kind) {
    case 'json': {
      const text = timedSerialization(span, () => JSON.stringify(answer.body));
      if (span !== undefined) span.bytesOut = Buffer.byteLength(text);
      return sendJson(reply, route.success ?? 200, text);
    }
    case 'page':
      if (span !== undefined) span.bytesOut = Buffer.byteLength(answer.html);
      return sendPage(reply, answer.status ?? 200, answer.html);
    case 'redirect':
      return reply.redirect(answer.location, 303);
  }
}

function fail(reply: FastifyReply, callee: Callee, error: CallError, audience: Audience): FastifyReply {
  if (error instanceof ConnectionReset && error.module === callee.name) {
    reply.hijack();
    reply.raw.socket?.resetAndDestroy();
    return reply;
  }
  return sendError(reply, error, audience);
}
