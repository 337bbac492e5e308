import type { IncomingMessage } from 'node:http';

/** More than this of a refused body is not waited for. */
const mostSkippedBytes = 1024 * 1024;
const longestSkipMs = 1000;

/**
 * Reads past what is left of a refused request's body, so that the refusal arrives: a connection closed with bytes unread
 * is reset, and a sender still writing then loses the answer with it (RFC 9112, 9.6). Gives up where the body is longer
 * than 1 MiB or takes more than a second.
 */
export function skipBody(request: IncomingMessage, done: () => void): void {
  if (request.complete || request.destroyed || Number(request.headers['content-length'] ?? 0) > mostSkippedBytes) {
    done();
    return;
  }
  let bytes = 0;
  const end = (): void => {
    clearTimeout(late);
    request.off('data', count).off('end', end).off('close', end);
    done();
  };
  const count = (part: Buffer): void => {
    bytes += part.length;
    if (bytes > mostSkippedBytes) end();
  };
  const late = setTimeout(end, longestSkipMs);
  request.on('data', count).on('end', end).on('close', end).resume();
}
