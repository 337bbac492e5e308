import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify';
import { CallError, asCallError, toEnvelope } from '../errors.ts';
import { errorPage, sendError } from './answers.ts';
import { jsonType, type Audience } from './route.ts';
import { skipBody } from './skip-body.ts';

export interface ServerOptions {
  readonly bodyLimitBytes: number;
  /** How long an idle connection is kept, ms. */
  readonly keepAliveMs?: number;
  /** Who asks for what no route answers. */
  readonly audienceOf: (method: string, target: string) => Audience;
}

/** A server all of whose errors are in the envelope, or pages where people ask: also of requests that no handler ever sees. */
export function createServer({ bodyLimitBytes, keepAliveMs, audienceOf }: ServerOptions): FastifyInstance {
  const audience = ({ routeOptions, is404, method, url }: FastifyRequest): Audience => {
    if (is404) return audienceOf(method, url);
    const { audience } = routeOptions.config as { audience?: Audience };
    return audience ?? 'api';
  };
  const server = Fastify({
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    return503OnClosing: false,
    ...(keepAliveMs === undefined ? {} : { keepAliveTimeout: keepAliveMs }),
    // A parameter may be as long as a target: what it must look like is the route's to say.
    routerOptions: { maxParamLength: 65_536 },
    // Its absence is looked after below: by itself Node answers without a body.
    http: { requireHostHeader: false },
    frameworkErrors: (error, request, reply) => {
      // No hook sees these.
      skipBody(request.raw, () => {
        void sendError(reply, httpError(error, bodyLimitBytes), audienceOf(request.method, request.url));
      });
    },
    clientErrorHandler: refuseBytes,
  });
  server.setErrorHandler((error, request, reply) =>
    sendError(reply, httpError(error, bodyLimitBytes), audience(request)),
  );
  const nothingAt = ({ method, url }: FastifyRequest): CallError =>
    new CallError('not-found', `there is nothing at ${method} ${url.slice(0, 200)}`);
  server.setNotFoundHandler((request, reply) => sendError(reply, nothingAt(request), audience(request)));
  server.addHook('onRequest', (request, _reply, next) => {
    const { httpVersion, rawHeaders } = request.raw;
    // Node keeps the first of several and says nothing of the others.
    const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host').length;
    const problem = hosts > 1 ? 'must be there once' : hosts === 0 && httpVersion !== '1.0' ? 'must be there' : null;
    next(problem === null ? undefined : new CallError('bad-input', `Host: ${problem}`));
  });
  // By itself the body is waited for first.
  server.addHook('preParsing', (request, _reply, payload, next) => {
    next(request.is404 ? nothingAt(request) : null, payload);
  });
  server.addHook('onSend', ({ raw }, reply, payload, next) => {
    if (reply.statusCode < 400) next(null, payload);
    else
      skipBody(raw, () => {
        next(null, payload);
      });
  });
  server.server.on('checkExpectation', refuseExpectation(audienceOf));
  server.server.on('connect', (_request: IncomingMessage, socket: Duplex) =>
    writeRaw(socket, '400 Bad Request', new CallError('bad-input', 'this is no proxy')),
  );
  return server;
}

function httpError(error: unknown, bodyLimitBytes: number): CallError {
  if (error instanceof CallError) return error;
  const { statusCode, code, message } = error as { statusCode?: number; code?: string; message?: string };
  if (code === 'FST_ERR_BAD_URL') return new CallError('bad-input', 'the path cannot be decoded');
  if (statusCode === 413) return new CallError('too-large', `body: must be at most ${bodyLimitBytes} bytes`);
  if (statusCode === 415) return new CallError('bad-input', 'body: its media type is not read here');
  if (statusCode !== undefined && statusCode < 500)
    return new CallError('bad-input', message ?? 'the request is not valid');
  return asCallError(error);
}

/** What the parser gave up on: there is no request, only a socket. */
function refuseBytes(error: NodeJS.ErrnoException, socket: Duplex & { _httpMessage?: ServerResponse | null }): void {
  // A second answer in the middle of the first would be taken for its body.
  if (error.code === 'ECONNRESET' || !socket.writable || socket._httpMessage?.headersSent === true) {
    socket.destroy();
    return;
  }
  switch (error.code) {
    case 'HPE_HEADER_OVERFLOW':
      writeRaw(
        socket,
        '431 Request Header Fields Too Large',
        new CallError('too-large', 'target and headers: must be shorter'),
      );
      return;
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      writeRaw(
        socket,
        '408 Request Timeout',
        new CallError('bad-input', 'the request did not come to its end in time'),
      );
      return;
    default:
      writeRaw(socket, '400 Bad Request', new CallError('bad-input', 'this is not an HTTP request that can be read'));
  }
}

function writeRaw(socket: Duplex, status: string, error: CallError): void {
  const body = JSON.stringify(toEnvelope(error));
  const head = [
    `HTTP/1.1 ${status}`,
    `Content-Type: ${jsonType}; charset=utf-8`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.on('error', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

function refuseExpectation(audienceOf: ServerOptions['audienceOf']) {
  const error = new CallError('bad-input', 'Expect: only 100-continue can be met');
  return ({ method = '', url = '' }: IncomingMessage, response: ServerResponse): void => {
    const page = audienceOf(method, url) === 'page';
    const body = page ? errorPage(error) : JSON.stringify(toEnvelope(error));
    response
      .writeHead(417, {
        'content-type': `${page ? 'text/html' : jsonType}; charset=utf-8`,
        'content-length': Buffer.byteLength(body),
        connection: 'close',
      })
      .end(body);
  };
}
