import { Client } from 'undici';

/** What came back for one request. */
export interface Answer {
  status: number;
  /** `content-type`, null where there is none. */
  type: string | null;
  /** Where a redirect leads, which is not followed. */
  location: string | null;
  /** Null: it is not UTF-8. */
  text: string | null;
}

/** Why no whole answer came, in words that follow "expected ..., came". */
export interface NoAnswer {
  came: string;
}

export interface ExchangeLimits {
  /** For a whole answer, ms. */
  requestMs: number;
  /** Of an answer's body. */
  answerBytes: number;
}

/** Makes one POST and waits for all of its answer. Throws only the signal's reason. */
export type Send = (
  base: URL,
  path: string,
  request: { headers: Record<string, string>; body: string; limits: ExchangeLimits; signal: AbortSignal },
) => Promise<Answer | NoAnswer>;

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Makes one POST on a connection of its own and waits for all of its answer, within limits. Throws only the signal's reason. */
export const post: Send = async (base, path, { headers, body, limits, signal }) => {
  signal.throwIfAborted();
  const late = AbortSignal.timeout(limits.requestMs);
  const client = new Client(base.origin, { pipelining: 0, maxResponseSize: limits.answerBytes });
  try {
    const response = await client.request({
      ...{ method: 'POST', path: base.pathname.replace(/\/$/, '') + path, headers, body },
      ...{ signal: AbortSignal.any([signal, late]), headersTimeout: 0, bodyTimeout: 0 },
    });
    const one = (name: string): string | null => [response.headers[name] ?? null].flat()[0] ?? null;
    const bytes = await response.body.arrayBuffer();
    return { status: response.statusCode, type: one('content-type'), location: one('location'), text: textOf(bytes) };
  } catch (error) {
    signal.throwIfAborted();
    return { came: late.aborted ? `nothing whole within ${limits.requestMs / 1000} s` : whatCame(error, limits) };
  } finally {
    await client.destroy();
  }
};

function textOf(bytes: ArrayBuffer): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function whatCame(error: unknown, { answerBytes }: ExchangeLimits): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  switch (code) {
    case 'ECONNREFUSED':
      return 'no connection, since nobody listens there';
    case 'ECONNRESET':
    case 'EPIPE':
    case 'UND_ERR_SOCKET':
    case 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH':
      return 'the end of the connection before the end of the answer';
    case 'UND_ERR_RES_EXCEEDED_MAX_SIZE':
      return `one of more than ${answerBytes} bytes`;
    default:
      if (name === 'HTTPParserError') return 'something that is not HTTP';
      return `nothing (${typeof code === 'string' ? code : String(name)})`;
  }
}
