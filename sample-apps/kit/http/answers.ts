import type { FastifyReply } from 'fastify';
import { toEnvelope, type CallError } from '../errors.ts';
import { jsonType, type Audience } from './route.ts';

export function sendJson(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).header('content-type', `${jsonType}; charset=utf-8`).send(text);
}

export function sendPage(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header('content-type', 'text/html; charset=utf-8')
    .header(
      'content-security-policy',
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    )
    .header('x-content-type-options', 'nosniff')
    .send(html);
}

/** Where a person is looking the error is a small page. */
export function sendError(reply: FastifyReply, error: CallError, audience: Audience): FastifyReply {
  if (audience === 'api') return sendJson(reply, error.status, JSON.stringify(toEnvelope(error)));
  return sendPage(reply, error.status, errorPage(error));
}

/** What went wrong as a small page. */
export function errorPage({ message }: CallError): string {
  const text = message.replaceAll(/[<>&]/g, (sign) => `&#${sign.codePointAt(0)};`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Sorry</title><h1>Sorry, that did not work</h1><p>${text}</p><p><a href="/">Back to the start</a></p></html>`;
}
