import { ResponseSyntaxError } from './response-syntax-error.ts';

/** What the generator needs of a response's status line and headers. */
export interface HeaderBlock {
  status: number;
  /** -1: none given. */
  contentLength: number;
  chunked: boolean;
  /** A transfer coding that does not end in chunked: the body ends with the connection. */
  otherCoding: boolean;
  keepAlive: boolean;
  /** Index after the empty line. */
  end: number;
}

const CR = 13;
const LF = 10;
const COLON = 58;
const LETTERS_HTTP = 0x48545450;
const CONTENT_LENGTH = Buffer.from('content-length');
const TRANSFER_ENCODING = Buffer.from('transfer-encoding');
const CONNECTION = Buffer.from('connection');
const BROKEN_LENGTH = 'The response has a broken content-length.';
const NO_STATUS = 'The response has no three-digit status.';

/** Reads a status line and its headers in one pass; null when the empty line has not come yet. Throws ResponseSyntaxError. */
export function scanHeaderBlock(bytes: Buffer, start: number, end: number): HeaderBlock | null {
  let block: HeaderBlock | null = null;
  let lineStart = start;
  for (let at = start; at < end; at++) {
    if (bytes[at] !== LF) continue;
    if (block === null) block = readStatusLine(bytes, lineStart, at);
    else if (at === lineStart || (at === lineStart + 1 && bytes[lineStart] === CR)) {
      block.end = at + 1;
      return block;
    } else {
      readHeader(bytes, lineStart, at, block);
    }
    lineStart = at + 1;
  }
  return null;
}

function readStatusLine(bytes: Buffer, start: number, end: number): HeaderBlock {
  // `HTTP/1.x`, a space and three digits.
  if (
    end - start < 12 ||
    bytes.readUInt32BE(start) !== LETTERS_HTTP ||
    bytes[start + 5] !== 49 ||
    bytes[start + 8] !== 32
  ) {
    throw new ResponseSyntaxError('The answer is not an HTTP/1 response.');
  }
  return {
    status:
      digit(bytes[start + 9], NO_STATUS) * 100 +
      digit(bytes[start + 10], NO_STATUS) * 10 +
      digit(bytes[start + 11], NO_STATUS),
    contentLength: -1,
    chunked: false,
    otherCoding: false,
    keepAlive: bytes[start + 7] !== 48,
    end: 0,
  };
}

/** Takes in one header line if it is one of the three that matter; only these are looked at closer. */
function readHeader(bytes: Buffer, start: number, end: number, block: HeaderBlock): void {
  if (bytes[start + CONTENT_LENGTH.length] === COLON && isName(bytes, start, CONTENT_LENGTH)) {
    const value = readLength(bytes, start + CONTENT_LENGTH.length + 1, end);
    if (block.contentLength >= 0 && block.contentLength !== value) throw new ResponseSyntaxError(BROKEN_LENGTH);
    block.contentLength = value;
  } else if (bytes[start + TRANSFER_ENCODING.length] === COLON && isName(bytes, start, TRANSFER_ENCODING)) {
    const codings = bytes
      .toString('latin1', start + TRANSFER_ENCODING.length + 1, end)
      .toLowerCase()
      .split(',');
    block.chunked = codings.at(-1)?.trim() === 'chunked';
    block.otherCoding = !block.chunked;
  } else if (bytes[start + CONNECTION.length] === COLON && isName(bytes, start, CONNECTION)) {
    const options = bytes.toString('latin1', start + CONNECTION.length + 1, end).toLowerCase();
    if (options.includes('close')) block.keepAlive = false;
    else if (options.includes('keep-alive')) block.keepAlive = true;
  }
}

/** Header names are compared without case; names have only letters and hyphens, which the bit for lower case leaves alone. */
function isName(bytes: Buffer, start: number, name: Uint8Array): boolean {
  for (let index = 0; index < name.length; index++) {
    if (((bytes[start + index] ?? 0) | 32) !== name[index]) return false;
  }
  return true;
}

function readLength(bytes: Buffer, start: number, end: number): number {
  let at = start;
  let stop = end;
  while (at < stop && isBlank(bytes[at])) at++;
  while (stop > at && isBlank(bytes[stop - 1])) stop--;
  if (stop === at || stop - at > 15) throw new ResponseSyntaxError(BROKEN_LENGTH);
  let value = 0;
  for (; at < stop; at++) value = value * 10 + digit(bytes[at], BROKEN_LENGTH);
  return value;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 32 || byte === 9 || byte === CR;
}

function digit(byte: number | undefined, refusal: string): number {
  const value = (byte ?? 0) - 48;
  if (value < 0 || value > 9) throw new ResponseSyntaxError(refusal);
  return value;
}
