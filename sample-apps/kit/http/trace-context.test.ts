import { createServer, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Addresses } from '../calls/addresses.ts';
import { Pools } from '../calls/pools.ts';
import { remoteTransport } from '../calls/remote.ts';
import { operation } from '../contract.ts';
import { Tracer } from '../trace.ts';
import { contextOfRequest } from './request-context.ts';

const id = '12345678901234567890123456789012';
const parent = '1234567890123456';
const plain = operation({ summary: '', repeat: 'safe', input: z.object({}), output: z.object({}) });

/** A unit between two others: takes the headers that arrive, as Node reads them, and calls on with their context. */
const pools = new Pools();
const seen: IncomingHttpHeaders[] = [];
const tracer = new Tracer();
const callee = createServer((request, response) => {
  seen.push(request.headers);
  response.end('{}');
});
const between = createServer((request, response) => {
  const port = (callee.address() as { port: number }).port;
  const addresses = new Addresses([`http://127.0.0.1:${port}`]);
  const send = remoteTransport(pools, () => addresses, 'callee');
  const context = contextOfRequest({ method: 'POST', headers: request.headers }, 'asker', 'ask', tracer);
  void send(plain, 'ask', {}, context, { onCancel: undefined }).then(() => response.end());
});
beforeAll(async () => {
  for (const server of [callee, between])
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
});
afterAll(async () => {
  await pools.close();
  callee.close();
  between.close();
});

/** Sends these header lines byte by byte as they are; gives what the next unit got. */
async function passedOn(lines: readonly string[]): Promise<{ traceparent?: string; tracestate?: string }> {
  const socket = connect((between.address() as { port: number }).port, '127.0.0.1');
  socket.resume();
  socket.end(`GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`);
  await new Promise((resolve) => {
    socket.once('close', resolve);
  });
  const { traceparent, tracestate } = seen.splice(0).at(-1)!;
  return {
    ...(typeof traceparent === 'string' ? { traceparent } : {}),
    ...(typeof tracestate === 'string' ? { tracestate } : {}),
  };
}

const valid = `00-${id}-${parent}-00`;
const inherited = (traceparent: string | undefined): boolean =>
  traceparent !== undefined && /^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/.test(traceparent) && traceparent.includes(id);

// The cases of the test suite of the W3C's Trace Context recommendation, by the names that they have there.
describe('traceparent', () => {
  it.each([
    ['header_name_valid_casing', `TraceParent: ${valid}`],
    ['header_name_valid_casing', `TRACEPARENT: ${valid}`],
    ['version_0xcc', `traceparent: cc-${id}-${parent}-01`],
    ['version_0xcc', `traceparent: cc-${id}-${parent}-01-what-the-future-will-be-like`],
    ['ows_handling', `traceparent:  ${valid}`],
    ['ows_handling', `traceparent: \t${valid}`],
    ['ows_handling', `traceparent: ${valid} `],
    ['ows_handling', `traceparent: ${valid}\t`],
    ['ows_handling', `traceparent: \t ${valid} \t`],
    ['flags of another level', `traceparent: 00-${id}-${parent}-ff`],
  ])('%s: is taken (%s)', async (_name, line) => {
    expect((await passedOn([line])).traceparent).toSatisfy(inherited);
  });

  it.each([
    ['header_name', `trace-parent: ${valid}`],
    ['header_name', `trace.parent: ${valid}`],
    ['version_0x00', `traceparent: ${valid}.`],
    ['version_0x00', `traceparent: ${valid}-`],
    ['version_0x00', `traceparent: ${valid}-what-the-future-will-be-like`],
    ['version_0xcc', `traceparent: cc-${id}-${parent}-01.what-the-future-will-be-like`],
    ['version_0xff', `traceparent: ff-${id}-${parent}-01`],
    ['version_illegal_characters', `traceparent: .0-${id}-${parent}-01`],
    ['version_illegal_characters', `traceparent: 0.-${id}-${parent}-01`],
    ['version_too_long', `traceparent: 000-${id}-${parent}-01`],
    ['version_too_long', `traceparent: 0000-${id}-${parent}-01`],
    ['version_too_short', `traceparent: 0-${id}-${parent}-01`],
    ['trace_id_all_zero', `traceparent: 00-${'0'.repeat(32)}-${parent}-01`],
    ['trace_id_illegal_characters', `traceparent: 00-.${id.slice(1)}-${parent}-01`],
    ['trace_id_illegal_characters', `traceparent: 00-${id.slice(1)}.-${parent}-01`],
    ['trace_id_illegal_characters', `traceparent: 00-${'A'.repeat(32)}-${parent}-01`],
    ['trace_id_too_long', `traceparent: 00-${id}3-${parent}-01`],
    ['trace_id_too_short', `traceparent: 00-${id.slice(1)}-${parent}-01`],
    ['parent_id_all_zero', `traceparent: 00-${id}-${'0'.repeat(16)}-01`],
    ['parent_id_illegal_characters', `traceparent: 00-${id}-.${parent.slice(1)}-01`],
    ['parent_id_illegal_characters', `traceparent: 00-${id}-${parent.slice(1)}.-01`],
    ['parent_id_too_long', `traceparent: 00-${id}-${parent}7-01`],
    ['parent_id_too_short', `traceparent: 00-${id}-${parent.slice(1)}-01`],
    ['trace_flags_illegal_characters', `traceparent: 00-${id}-${parent}-.0`],
    ['trace_flags_illegal_characters', `traceparent: 00-${id}-${parent}-0.`],
    ['trace_flags_too_long', `traceparent: 00-${id}-${parent}-001`],
    ['trace_flags_too_short', `traceparent: 00-${id}-${parent}-1`],
  ])('%s: is not taken, and not passed on (%s)', async (_name, line) => {
    expect(await passedOn([line, 'tracestate: foo=1'])).toEqual({});
  });

  it('duplicated: none of them is taken', async () => {
    expect(await passedOn([`traceparent: ${valid}`, `traceparent: 00-${id.replace('1', '2')}-${parent}-01`])).toEqual(
      {},
    );
  });

  it('of any other text is passed on only as the standard has it', async () => {
    const part = fc.constantFrom('00', '01', 'ff', id, parent, '-', '--', '0', 'A', '.', ' ');
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 9 }), async (parts) => {
        const { traceparent } = await passedOn([`traceparent: ${parts.join('')}`]);
        if (traceparent !== undefined) expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
      }),
      { numRuns: 50 },
    );
  });

  it('of a sampled request makes a span of its trace', async () => {
    tracer.drain();
    const { traceparent } = await passedOn([`traceparent: 00-${id}-${parent}-01`]);
    expect(traceparent).toMatch(new RegExp(`^00-${id}-(?!${parent})[0-9a-f]{16}-01$`));
  });
});

describe('tracestate', () => {
  const withState = (...states: string[]) =>
    passedOn([`traceparent: ${valid}`, ...states.map((one) => `tracestate: ${one}`)]);
  const z256 = 'z'.repeat(256);
  const tenant = `${'t'.repeat(241)}@${'v'.repeat(14)}`;
  const members = (count: number) => Array.from({ length: count }, (_, index) => `bar${index}=${index}`).join(',');

  it('included_traceparent_missing: is dropped', async () => {
    expect(await passedOn(['tracestate: foo=1'])).toEqual({});
  });

  it.each([
    ['included_traceparent_included', ['foo=1,bar=2'], 'foo=1,bar=2'],
    ['multiple_headers_different_keys', ['foo=1,bar=2', 'rojo=1,congo=2', 'baz=3'], 'foo=1,bar=2,rojo=1,congo=2,baz=3'],
    ['duplicated_keys', ['foo=1,foo=1'], 'foo=1,foo=1'],
    [
      'all_allowed_characters',
      ['abcdefghijklmnopqrstuvwxyz0123456789_-*/= !"#$%&\'()*+-./:;<>?@[\\]^_`{|}~'],
      undefined,
    ],
    ['ows_handling', ['foo=1 \t , \t bar=2, \t baz=3'], 'foo=1,bar=2,baz=3'],
    ['ows_handling', [' foo=1 \t'], 'foo=1'],
    ['empty_header', ['foo=1', ''], 'foo=1'],
    ['empty_header', ['', 'foo=1'], 'foo=1'],
    ['member_count_limit', [members(32)], members(32)],
    ['key_length_limit', [`${z256}=1`], `${z256}=1`],
    ['key_length_limit', [`${tenant}=1`], `${tenant}=1`],
  ])('%s: is passed on', async (_name, states, expected) => {
    expect((await withState(...states)).tracestate).toBe(expected ?? states.join(','));
  });

  it.each([
    ['empty_header', ''],
    ['key_illegal_characters', 'foo =1'],
    ['key_illegal_characters', 'FOO=1'],
    ['key_illegal_characters', 'foo.bar=1'],
    ['key_illegal_vendor_format', 'foo@=1,bar=2'],
    ['key_illegal_vendor_format', '@foo=1,bar=2'],
    ['key_illegal_vendor_format', 'foo@@bar=1,bar=2'],
    ['key_illegal_vendor_format', 'foo@bar@baz=1,bar=2'],
    ['member_count_limit', members(33)],
    ['key_length_limit', `${z256}z=1`],
    ['key_length_limit', `t${tenant}=1`],
    ['key_length_limit', `${tenant}v=1`],
    ['value_illegal_characters', 'foo=bar=baz'],
    ['value_illegal_characters', 'foo=,bar=3'],
    ['a member without a value', 'foo'],
  ])('%s: is dropped, and the trace goes on (%s)', async (_name, state) => {
    const { traceparent, tracestate } = await withState(state);
    expect([inherited(traceparent), tracestate]).toEqual([true, undefined]);
  });
});
