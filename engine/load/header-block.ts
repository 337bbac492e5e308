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
const LETTER_C = 99;
const LETTER_T = 116;
const LETTERS_HTTP = 0x48545450;

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
      // Only the three headers that matter are made into text, picked by first letter and place of the colon.
      const first = (bytes[lineStart] ?? 0) | 32;
      const known =
        (first === LETTER_C && (bytes[lineStart + 14] === COLON || bytes[lineStart + 10] === COLON)) ||
        (first === LETTER_T && bytes[lineStart + 17] === COLON);
      if (known) readHeader(bytes.toString('latin1', lineStart, at), block);
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
    status: digit(bytes[start + 9]) * 100 + digit(bytes[start + 10]) * 10 + digit(bytes[start + 11]),
    contentLength: -1,
    chunked: false,
    otherCoding: false,
    keepAlive: bytes[start + 7] !== 48,
    end: 0,
  };
}

function readHeader(line: string, block: HeaderBlock): void {
  const colon = line.indexOf(':');
  const name = line.slice(0, colon).toLowerCase();
  if (name === 'content-length') {
    const text = line.slice(colon + 1).trim();
    const value = Number(text);
    if (!/^\d{1,15}$/.test(text) || (block.contentLength >= 0 && block.contentLength !== value)) {
      throw new ResponseSyntaxError('The response has a broken content-length.');
    }
    block.contentLength = value;
  } else if (name === 'transfer-encoding') {
    const codings = line
      .slice(colon + 1)
      .toLowerCase()
      .split(',');
    block.chunked = codings.at(-1)?.trim() === 'chunked';
    block.otherCoding = !block.chunked;
  } else if (name === 'connection') {
    const options = line.slice(colon + 1).toLowerCase();
    if (options.includes('close')) block.keepAlive = false;
    else if (options.includes('keep-alive')) block.keepAlive = true;
  }
}

function digit(byte: number | undefined): number {
  const value = (byte ?? 0) - 48;
  if (value < 0 || value > 9) throw new ResponseSyntaxError('The response has no three-digit status.');
  return value;
}
