import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { Agent, request } from 'undici';
import { NotMet, shown } from './requirement.ts';

export interface Question {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'HEAD';
  path: string;
  headers?: Record<string, string>;
  body?: string;
  /** How long the answer is waited for, ms. */
  patienceMs?: number;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  type: string | null;
  connection: string | null;
  text: string;
  /** Undefined where the body is not JSON. */
  json: unknown;
  /** On this process's steady clock. */
  startedMs: number;
  endedMs: number;
}

/** No whole answer came. */
export interface NoAnswer {
  came: 'nothing in time' | 'a cut connection' | 'no connection';
}

const defaultPatienceMs = 5000;

/** Asks one port of a unit, on connections that are kept. */
export class Asker {
  readonly #base: string;
  readonly #agent = new Agent({ pipelining: 1, keepAliveTimeout: 60_000, headersTimeout: 0, bodyTimeout: 0 });

  constructor(base: string) {
    this.#base = base;
  }

  async ask({ method = 'POST', path, headers, body, patienceMs, signal }: Question): Promise<Answer | NoAnswer> {
    const late = AbortSignal.timeout(patienceMs ?? defaultPatienceMs);
    const startedMs = performance.now();
    try {
      const response = await request(this.#base + path, {
        ...{ method, dispatcher: this.#agent, body: body ?? null },
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
      });
      const text = await response.body.text();
      const one = (name: string): string | null => [response.headers[name] ?? null].flat()[0] ?? null;
      return {
        ...{ status: response.statusCode, type: one('content-type'), connection: one('connection') },
        ...{ text, json: jsonOf(text), startedMs, endedMs: performance.now() },
      };
    } catch (error) {
      if (late.aborted || signal?.aborted === true) return { came: 'nothing in time' };
      return { came: (error as { code?: unknown }).code === 'ECONNREFUSED' ? 'no connection' : 'a cut connection' };
    }
  }

  close(): Promise<void> {
    return this.#agent.destroy();
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What comes for these bytes until the connection ends; null where it stays open all the time. More is to be expected after them where they are not ended. */
export function sendRaw(
  url: string,
  bytes: string,
  { patienceMs = 3000, isEnded = true }: { patienceMs?: number; isEnded?: boolean } = {},
): Promise<string | null> {
  const { port, hostname } = new URL(url);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    let text = '';
    const late = setTimeout(() => {
      socket.destroy();
      resolve(text === '' ? null : text);
    }, patienceMs);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(late);
      resolve(text);
    });
    if (isEnded) socket.end(bytes, 'latin1');
    else socket.write(bytes, 'latin1');
  });
}

/**
 * What came on a connection that was read only after all parts had been written, with a while for answers before each
 * part; the error's code where it was reset meanwhile, and the answer with it.
 */
export async function sendInParts(
  url: string,
  parts: readonly string[],
  beforePart: () => Promise<unknown>,
  patienceMs = 5000,
): Promise<string> {
  const { port, hostname } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
  socket.setTimeout(patienceMs, () => socket.destroy());
  socket.on('error', () => undefined);
  try {
    for (const part of parts) {
      await beforePart();
      await new Promise<void>((resolve, reject) => {
        socket.write(part, 'latin1', (error) => (error ? reject(error) : resolve()));
      });
    }
    socket.end();
    return await text(socket);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  } finally {
    socket.destroy();
  }
}

export function answerInWords(answer: Answer | NoAnswer): string {
  return 'came' in answer ? answer.came : `${answer.status} ${shown(answer.text)}`;
}

/** The body of a good answer. Throws NotMet. */
export function goodBody(asked: string, answer: Answer | NoAnswer): unknown {
  if ('came' in answer || answer.status !== 200 || answer.json === undefined)
    throw new NotMet(asked, 'status 200 with JSON', answerInWords(answer));
  return answer.json;
}

export interface Refusal {
  status: number;
  code: string;
  retryable?: boolean;
}

/** Throws NotMet unless the answer is this refusal in its envelope. */
export function expectRefusal(asked: string, answer: Answer | NoAnswer, { status, code, retryable }: Refusal): void {
  const expected = `status ${status} with the error ${code}${retryable === undefined ? '' : ` that may ${retryable ? '' : 'not '}be repeated`}`;
  if ('came' in answer) throw new NotMet(asked, expected, answer.came);
  const { error } = fieldsOf(answer.json);
  const { code: cameCode, message, retryable: cameRetryable } = fieldsOf(error);
  const isEnvelope = typeof message === 'string' && typeof cameRetryable === 'boolean';
  const isJson = answer.type?.split(';')[0]?.trim().toLowerCase() === 'application/json';
  if (
    answer.status !== status ||
    cameCode !== code ||
    !isEnvelope ||
    !isJson ||
    (retryable !== undefined && cameRetryable !== retryable)
  )
    throw new NotMet(asked, expected, answerInWords(answer));
}

export function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
