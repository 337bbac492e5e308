import { ResponseSyntaxError } from './response-syntax-error.ts';

/** What the generator needs of a response's status line and fields. */
export interface HeaderBlock {
  status: number;
  /** -1: none given. */
  contentLength: number;
  chunked: boolean;
  /** A transfer coding that does not end in chunked: the body ends with the connection. */
  otherCoding: boolean;
  keepAlive: boolean;
  /** The connection is announced to be closed, in whatever response of a request. */
  announcesClose: boolean;
  /** How long the server keeps an idle connection, ms; null where it does not say. */
  idleMs: number | null;
  /** Index after the empty line. */
  end: number;
}

/** What of the fields bears on how a response is read. */
interface Fields {
  contentLength: number;
  codings: string[];
  connection: string[];
  idleMs: number | null;
}

const TAB = 9;
const LF = 10;
const CR = 13;
const SPACE = 32;
const COLON = 58;
const DELETE = 127;
const LETTERS_HTTP = 0x48545450;
const BROKEN_LENGTH = 'The response has a broken content-length.';
const NO_STATUS = 'The response has no three-digit status.';

/** Characters of a field's name (RFC 9110, 5.6.2), by their code. */
const isTokenCharacter = Array.from({ length: 256 }, (_, code) =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]$/.test(String.fromCodePoint(code)),
);

/**
 * Reads a status line and its fields in one pass (RFC 9112, 4 and 5); null when the empty line has not come yet. Lines may end in a single LF, and values may be folded. Throws
 * ResponseSyntaxError.
 */
export function scanHeaderBlock(bytes: Buffer, start: number, end: number): HeaderBlock | null {
  const lineEnd = bytes.indexOf(LF, start);
  if (lineEnd < 0 || lineEnd >= end) return null;
  const { status, minor } = readStatusLine(bytes, start, lineEnd);
  const fields: Fields = { contentLength: -1, codings: [], connection: [], idleMs: null };
  const stop = scanFields(bytes, lineEnd + 1, end, fields);
  if (stop === null) return null;
  const { contentLength, codings, connection, idleMs } = fields;
  // One of the two is a lie, and which of them decides where the next response begins (RFC 9112, 6.3).
  if (codings.length > 0 && contentLength >= 0) throw new ResponseSyntaxError('The response says its length twice.');
  const announcesClose = connection.includes('close');
  return {
    ...{ status, contentLength, announcesClose, idleMs, end: stop },
    chunked: codings.at(-1) === 'chunked',
    otherCoding: codings.length > 0 && codings.at(-1) !== 'chunked',
    // A server of 1.0 does not know transfer codings: whatever passed one on may have the end of it wrong (RFC 9112, 6.1).
    keepAlive: !announcesClose && (minor > 0 || (connection.includes('keep-alive') && codings.length === 0)),
  };
}

/** Reads the fields that may follow the last chunk, which bear on nothing; the index after their empty line, null when it has not come yet. Throws ResponseSyntaxError. */
export function scanTrailers(bytes: Buffer, start: number, end: number): number | null {
  return scanFields(bytes, start, end, null);
}

function readStatusLine(bytes: Buffer, start: number, end: number): { status: number; minor: number } {
  const stop = end > start && bytes[end - 1] === CR ? end - 1 : end;
  // `HTTP/1.x`, a space, three digits, and then nothing or a space and a reason.
  if (
    stop - start < 12 ||
    bytes.readUInt32BE(start) !== LETTERS_HTTP ||
    bytes.toString('latin1', start + 4, start + 7) !== '/1.' ||
    bytes[start + 8] !== SPACE
  ) {
    throw new ResponseSyntaxError('The answer is not an HTTP/1 response.');
  }
  if (stop - start > 12 && bytes[start + 12] !== SPACE) throw new ResponseSyntaxError(NO_STATUS);
  const carriageReturn = bytes.indexOf(CR, start);
  if (carriageReturn >= 0 && carriageReturn < stop)
    throw new ResponseSyntaxError('The status line has a carriage return in it.');
  const status =
    digit(bytes[start + 9], NO_STATUS) * 100 +
    digit(bytes[start + 10], NO_STATUS) * 10 +
    digit(bytes[start + 11], NO_STATUS);
  if (status < 100) throw new ResponseSyntaxError(NO_STATUS);
  return { status, minor: digit(bytes[start + 7], 'The answer is not an HTTP/1 response.') };
}

/** Reads field lines up to an empty one; the index after it, null when it has not come yet. */
function scanFields(bytes: Buffer, start: number, end: number, fields: Fields | null): number | null {
  let lineStart = start;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if ((byte >= SPACE && byte !== DELETE) || byte === TAB) continue;
    if (byte === CR) {
      if (at + 1 < end && bytes[at + 1] !== LF) throw new ResponseSyntaxError('A field has a carriage return in it.');
      continue;
    }
    if (byte !== LF) throw new ResponseSyntaxError('A field has a control character in it.');
    if (at === lineStart || (at === lineStart + 1 && bytes[lineStart] === CR)) return at + 1;
    // A line that begins with a blank goes on with the value of the one before (RFC 9112, 5.2); it may not have come yet.
    const next = at + 1 < end ? bytes[at + 1] : SPACE;
    if (next === SPACE || next === TAB) continue;
    readField(bytes, lineStart, at, fields);
    lineStart = at + 1;
  }
  return null;
}

/** Takes in a field if it is one of the four that matter; only these are looked at closer. */
function readField(bytes: Buffer, start: number, end: number, fields: Fields | null): void {
  let colon = start;
  while (isTokenCharacter[bytes[colon] as number] === true) colon++;
  if (colon === start || bytes[colon] !== COLON) throw new ResponseSyntaxError('A field of the response has no name.');
  const length = colon - start;
  // The names that matter are of these lengths.
  if (fields === null || (length !== 10 && length !== 14 && length !== 17)) return;
  const name = bytes.toString('latin1', start, colon).toLowerCase();
  const value = (): string => bytes.toString('latin1', colon + 1, end);
  if (name === 'content-length') fields.contentLength = lengthOf(value(), fields.contentLength);
  else if (name === 'transfer-encoding') fields.codings.push(...elementsOf(value()));
  else if (name === 'connection') fields.connection.push(...elementsOf(value()));
  else if (name === 'keep-alive') fields.idleMs = idleOf(value()) ?? fields.idleMs;
}

/** The elements of a list, in lower case, without empty ones (RFC 9110, 5.6.1.2). */
function elementsOf(value: string): string[] {
  const elements = value.toLowerCase().split(',');
  return elements.map((element) => element.trim()).filter((element) => element !== '');
}

/** A length that is said more than once must be the same (RFC 9110, 8.6). */
function lengthOf(value: string, before: number): number {
  const elements = elementsOf(value);
  const lengths = new Set(elements.map(Number));
  if (before >= 0) lengths.add(before);
  const [length = -1] = lengths;
  if (lengths.size !== 1 || !elements.every((element) => /^\d+$/.test(element)) || !Number.isSafeInteger(length))
    throw new ResponseSyntaxError(BROKEN_LENGTH);
  return length;
}

function idleOf(value: string): number | null {
  const seconds = /(?:^|[,\s])timeout\s*=\s*"?(\d{1,9})/i.exec(value)?.[1];
  return seconds === undefined ? null : Number(seconds) * 1000;
}

function digit(byte: number | undefined, refusal: string): number {
  const value = (byte ?? 0) - 48;
  if (value < 0 || value > 9) throw new ResponseSyntaxError(refusal);
  return value;
}
