import { scanHeaderBlock, scanTrailers, type HeaderBlock } from './header-block.ts';
import { ResponseSyntaxError } from './response-syntax-error.ts';

const MAX_HEADER_BYTES = 65_536;
const TOO_LONG = 'The response header is longer than 64 KiB.';
const CR = 13;
const LF = 10;
/** A length in hexadecimal digits, blanks that old servers pad it with, and extensions, which mean nothing here (RFC 9112, 7.1). */
// oxlint-disable-next-line no-control-regex
const CHUNK_SIZE = /^0*([0-9a-f]{0,13})[ \t]*(?:;[^\0-\x08\x0a-\x1f\x7f]*)?\r\n$/i;

type State = 'header' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'until-close' | 'done';

/**
 * Reads HTTP/1.1 responses (RFC 9112) from chunks of any size, one request at a time. The chunk may be a shared buffer: nothing of it
 * is kept after `push` returns.
 */
export class ResponseParser {
  status = 0;
  /** The connection may carry another request after this response. */
  keepAlive = false;
  /** How long the server says that it keeps an idle connection, ms; null where it does not say. */
  idleMs: number | null = null;
  /** The body as text, where it was wanted. */
  body: string | null = null;

  private state: State = 'done';
  private wantBody = false;
  private headRequest = false;
  private remaining = 0;
  private line = '';
  private pending: Buffer | null = null;
  private parts: Buffer[] = [];
  private closeAnnounced = false;

  /** Prepares for the response to one request. */
  begin(wantBody: boolean, headRequest = false): void {
    this.state = 'header';
    this.status = 0;
    this.body = null;
    this.idleMs = null;
    this.closeAnnounced = false;
    this.wantBody = wantBody;
    this.headRequest = headRequest;
    if (this.parts.length > 0) this.parts = [];
    this.pending = null;
  }

  /** No byte of the response has come yet. */
  get untouched(): boolean {
    return this.state === 'header' && this.pending === null;
  }

  /** Reads `length` bytes of `chunk`; true when the response is complete. Throws ResponseSyntaxError. */
  push(chunk: Buffer, length: number): boolean {
    let at = 0;
    let end = length;
    let bytes = chunk;
    if (this.pending !== null) {
      bytes = Buffer.concat([this.pending, chunk.subarray(0, length)]);
      end = bytes.length;
      this.pending = null;
    }
    while (this.state === 'header') {
      // Servers of old send an empty line too many after a body.
      while (at < end && (bytes[at] === CR || bytes[at] === LF)) at++;
      const block = scanHeaderBlock(bytes, at, end);
      if (this.isUnfinished(block === null ? null : block.end, { bytes, at, end }) || block === null) return false;
      at = block.end;
      if (block.status === 101)
        throw new ResponseSyntaxError('The response changes to a protocol that nobody asked for.');
      this.closeAnnounced ||= block.announcesClose;
      // Interim responses come before the real one.
      if (block.status >= 200) this.startBody(block);
    }
    while (at < end && this.state !== 'done') at = this.readBody(bytes, at, end);
    if (this.state !== 'done') return false;
    // Bytes nobody asked for: what follows on this connection cannot be trusted.
    if (at < end) this.keepAlive = false;
    return true;
  }

  /** Whether a section of fields has not ended; it is kept then until more comes. Throws ResponseSyntaxError for one that is too long, however it is cut. */
  private isUnfinished(sectionEnd: number | null, rest: { bytes: Buffer; at: number; end: number }): boolean {
    const { bytes, at, end } = rest;
    if ((sectionEnd ?? end) - at > MAX_HEADER_BYTES) throw new ResponseSyntaxError(TOO_LONG);
    if (sectionEnd !== null) return false;
    this.pending = Buffer.from(bytes.subarray(at, end));
    return true;
  }

  /** The peer closed its side; true when that completes the response. */
  finish(): boolean {
    if (this.state !== 'until-close') return false;
    this.complete();
    return true;
  }

  private startBody(block: HeaderBlock): void {
    this.status = block.status;
    this.keepAlive = block.keepAlive && !this.closeAnnounced;
    this.idleMs = block.idleMs;
    if (this.headRequest || block.status === 204 || block.status === 304) this.complete();
    else if (block.chunked) {
      this.state = 'chunk-size';
      this.line = '';
    } else if (block.contentLength >= 0) {
      this.remaining = block.contentLength;
      this.state = 'length';
      if (this.remaining === 0) this.complete();
    } else {
      this.state = 'until-close';
      this.keepAlive = false;
    }
  }

  private readBody(bytes: Buffer, start: number, end: number): number {
    switch (this.state) {
      case 'length': {
        const stop = Math.min(end, start + this.remaining);
        this.take(bytes, start, stop);
        this.remaining -= stop - start;
        if (this.remaining === 0) this.complete();
        return stop;
      }
      case 'until-close':
        this.take(bytes, start, end);
        return end;
      case 'chunk-data': {
        const stop = Math.min(end, start + this.remaining);
        this.take(bytes, start, stop);
        this.remaining -= stop - start;
        if (this.remaining === 0) this.state = 'chunk-end';
        return stop;
      }
      case 'chunk-size':
      case 'chunk-end':
        return this.readLine(bytes, start, end);
      case 'trailer': {
        const stop = scanTrailers(bytes, start, end);
        if (this.isUnfinished(stop, { bytes, at: start, end }) || stop === null) return end;
        this.complete();
        return stop;
      }
      case 'header':
      case 'done':
        return end;
    }
  }

  /** Reads up to the end of a line of the chunked coding, and acts on it when it is complete. */
  private readLine(bytes: Buffer, start: number, end: number): number {
    const newline = bytes.indexOf(LF, start);
    const stop = newline < 0 || newline >= end ? end : newline + 1;
    this.line += bytes.toString('latin1', start, stop);
    if (this.line.length > MAX_HEADER_BYTES)
      throw new ResponseSyntaxError('A line of the chunked body is longer than 64 KiB.');
    if (this.state === 'chunk-end' && !'\r\n'.startsWith(this.line))
      throw new ResponseSyntaxError('A chunk of the body is longer than it says.');
    if (!this.line.endsWith('\n')) return stop;
    const { line } = this;
    this.line = '';
    if (this.state === 'chunk-end') {
      this.state = 'chunk-size';
      return stop;
    }
    const digits = /^[0-9a-f]/i.test(line) ? CHUNK_SIZE.exec(line)?.[1] : undefined;
    if (digits === undefined) throw new ResponseSyntaxError('A chunk of the body has no length.');
    this.remaining = digits === '' ? 0 : Number.parseInt(digits, 16);
    this.state = this.remaining === 0 ? 'trailer' : 'chunk-data';
    return stop;
  }

  private take(bytes: Buffer, start: number, stop: number): void {
    if (this.wantBody) this.parts.push(Buffer.from(bytes.subarray(start, stop)));
  }

  private complete(): void {
    this.state = 'done';
    if (!this.wantBody) return;
    const [only] = this.parts;
    this.body = (this.parts.length === 1 && only !== undefined ? only : Buffer.concat(this.parts)).toString('utf8');
  }
}
