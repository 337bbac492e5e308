import { scanHeaderBlock, type HeaderBlock } from './header-block.ts';
import { ResponseSyntaxError } from './response-syntax-error.ts';

const MAX_HEADER_BYTES = 65_536;

type State = 'header' | 'length' | 'chunk-size' | 'chunk-data' | 'chunk-end' | 'trailer' | 'until-close' | 'done';

/**
 * Reads HTTP/1.1 responses (RFC 9112) from chunks of any size, one request at a time. The chunk may be a shared buffer: nothing of it
 * is kept after `push` returns.
 */
export class ResponseParser {
  status = 0;
  /** The connection may carry another request after this response. */
  keepAlive = false;
  /** The body as text, where it was wanted. */
  body: string | null = null;

  private state: State = 'done';
  private wantBody = false;
  private headRequest = false;
  private remaining = 0;
  private line = '';
  private pending: Buffer | null = null;
  private parts: Buffer[] = [];

  /** Prepares for the response to one request. */
  begin(wantBody: boolean, headRequest = false): void {
    this.state = 'header';
    this.status = 0;
    this.body = null;
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
    if (this.state === 'header') {
      if (this.pending !== null) {
        bytes = Buffer.concat([this.pending, chunk.subarray(0, length)]);
        end = bytes.length;
        this.pending = null;
      }
      for (;;) {
        const block = scanHeaderBlock(bytes, at, end);
        if (block === null) {
          if (end - at > MAX_HEADER_BYTES) throw new ResponseSyntaxError('The response header is longer than 64 KiB.');
          this.pending = Buffer.from(bytes.subarray(at, end));
          return false;
        }
        at = block.end;
        // Interim responses come before the real one.
        if (block.status >= 200 || block.status === 101) {
          this.startBody(block);
          break;
        }
      }
    }
    while (at < end && this.state !== 'done') at = this.readBody(bytes, at, end);
    if (this.state !== 'done') return false;
    // Bytes nobody asked for: what follows on this connection cannot be trusted.
    if (at < end) this.keepAlive = false;
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
    this.keepAlive = block.keepAlive;
    if (this.headRequest || block.status === 204 || block.status === 304 || block.status === 101) this.complete();
    else if (block.chunked) {
      this.state = 'chunk-size';
      this.line = '';
    } else if (block.contentLength >= 0 && !block.otherCoding) {
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
      case 'trailer':
        return this.readLine(bytes, start, end);
      case 'header':
      case 'done':
        return end;
    }
  }

  /** Reads up to the end of a line of the chunked coding, and acts on it when it is complete. */
  private readLine(bytes: Buffer, start: number, end: number): number {
    const newline = bytes.indexOf(10, start);
    const stop = newline < 0 || newline >= end ? end : newline + 1;
    this.line += bytes.toString('latin1', start, stop);
    if (this.line.length > MAX_HEADER_BYTES)
      throw new ResponseSyntaxError('A line of the chunked body is longer than 64 KiB.');
    if (!this.line.endsWith('\n')) return stop;
    const line = this.line.trimEnd();
    this.line = '';
    if (this.state === 'chunk-end') {
      if (line !== '') throw new ResponseSyntaxError('A chunk of the body is longer than it says.');
      this.state = 'chunk-size';
    } else if (this.state === 'trailer') {
      if (line === '') this.complete();
    } else {
      const digits = /^[0-9a-f]{1,12}(?=$|[\s;])/i.exec(line)?.[0];
      if (digits === undefined) throw new ResponseSyntaxError('A chunk of the body has no length.');
      this.remaining = Number.parseInt(digits, 16);
      this.state = this.remaining === 0 ? 'trailer' : 'chunk-data';
    }
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
