import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { statusOf, toEngineError } from './call.ts';
import { parseEvent } from './events.ts';
import { parseStats } from './stats.ts';

describe('statistics', () => {
  const networks = { eth0: { rx_bytes: 10, tx_bytes: 1 }, eth1: { rx_bytes: 5, tx_bytes: 2 } };

  it('leave droppable cache out, under cgroup v1 and v2', () => {
    const answer = (stats: Record<string, number>): unknown => ({
      read: '2026-11-22T13:00:00.5Z',
      cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 } },
      memory_stats: { usage: 1000, stats },
      networks,
    });
    expect(parseStats(answer({ total_inactive_file: 300, inactive_file: 1 }), 7)).toEqual({
      atMs: Date.parse('2026-11-22T13:00:00.5Z'),
      cpuSeconds: 2.5,
      memoryBytes: 700,
      networkReceivedBytes: 15,
      networkSentBytes: 3,
    });
    expect(parseStats(answer({ inactive_file: 400 }), 7).memoryBytes).toBe(600);
  });

  it('are zero for a container that does not run', () => {
    const stopped = { read: '0001-01-01T00:00:00Z', cpu_stats: { cpu_usage: {} }, memory_stats: {} };
    expect(parseStats(stopped, 7)).toEqual({
      atMs: 7,
      cpuSeconds: 0,
      memoryBytes: 0,
      networkReceivedBytes: null,
      networkSentBytes: null,
    });
  });
});

describe('events', () => {
  const event = (action: string, attributes: Record<string, string>): string =>
    JSON.stringify({
      Action: action,
      timeNano: 1_700_000_000_123_000_000,
      Actor: { ID: 'abc', Attributes: attributes },
    });

  it('tell unit, time and exit code', () => {
    expect(parseEvent(event('die', { 'cleave.site': 's', 'cleave.unit': 'cart', exitCode: '137' }))).toEqual({
      unit: 'cart',
      instance: 0,
      containerId: 'abc',
      action: 'die',
      atMs: 1_700_000_000_123,
      exitCode: 137,
    });
    const ofSecond = { 'cleave.site': 's', 'cleave.unit': 'cart', 'cleave.instance': '1' };
    expect(parseEvent(event('start', ofSecond))).toMatchObject({ unit: 'cart', instance: 1 });
    expect(
      parseEvent(event('died', { 'cleave.site': 's', 'cleave.unit': 'cart', containerExitCode: '1' })),
    ).toMatchObject({
      action: 'die',
      exitCode: 1,
    });
    expect(parseEvent(event('start', { 'cleave.site': 's', 'cleave.unit': 'cart' }))?.exitCode).toBeNull();
  });

  it('tell of the agent too, which is no unit', () => {
    expect(parseEvent(event('destroy', { 'cleave.site': 's' }))).toMatchObject({ unit: null, action: 'destroy' });
  });

  it('are left out where they are about nothing of a site', () => {
    expect(parseEvent(event('die', {}))).toBeNull();
    expect(parseEvent('not JSON')).toBeNull();
    expect(parseEvent('[]')).toBeNull();
  });
});

describe('failures', () => {
  const failure = (statusCode: number, message: string): Error =>
    Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${message} `), { statusCode });

  it.each([
    [
      failure(
        500,
        'driver failed programming external connectivity: Bind for 127.0.0.1:80 failed: port is already allocated',
      ),
      'port-taken',
    ],
    [failure(500, 'write /var/x: no space left on device'), 'disk-full'],
    [failure(404, 'No such image: x'), 'not-found'],
    [failure(500, 'strange'), 'engine'],
    [Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }), 'no-engine'],
  ])('are sorted and worded: %s', (error, kind) => {
    const worded = toEngineError('Starting unit "cart"', error);
    expect(worded.kind).toBe(kind);
    expect(worded.message).toMatch(
      kind === 'no-engine'
        ? /^The container engine does not answer \(\w+\): starting unit "cart"$/
        : /^Starting unit "cart": [^\n]+$/,
    );
    expect(worded.message).not.toContain('HTTP code');
  });

  it.each([
    ['Bind for 127.0.0.1:80 failed: port is already allocated', 'port-taken', 'Choose another port.'],
    [
      'failed to bind host port for 127.0.0.1:80:172.18.0.2:80/tcp: address already in use',
      'port-taken',
      'Choose another port.',
    ],
    [
      'Ports are not available: exposing port TCP 127.0.0.1:80 -> 127.0.0.1:0: listen tcp 127.0.0.1:80: bind: address already in use',
      'port-taken',
      'Choose another port.',
    ],
    [
      'Ports are not available: exposing port TCP 127.0.0.1:80: listen tcp 127.0.0.1:80: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
      'port-taken',
      'Choose another port.',
    ],
    [
      'listen tcp 127.0.0.1:80: bind: Only one usage of each socket address (protocol/network address/port) is normally permitted.',
      'port-taken',
      'Choose another port.',
    ],
    ['rootlessport listen tcp 127.0.0.1:8080: bind: address already in use', 'port-taken', 'Choose another port.'],
    ['rootlessport cannot expose privileged port 80', 'port-taken', 'Choose a port from 1024 on.'],
    [
      'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
      'engine',
      /docker network prune/,
    ],
    ['all predefined address pools have been fully subnetted', 'engine', /docker network prune/],
    ['could not find free subnet from subnet pools', 'engine', /docker network prune/],
    [
      'client version 1.41 is too old. Minimum supported API version is 1.44, please upgrade your client to a newer version',
      'engine',
      /Update Cleave/,
    ],
    ['client version 1.52 is too new. Maximum supported API version is 1.41', 'engine', /Update the container engine/],
    ['write /var/lib/x: disk quota exceeded', 'disk-full', /Free space/],
  ])('have a next step in all engines’ words: %s', (said, kind, nextStep) => {
    const worded = toEngineError('Starting unit "cart"', failure(500, said));
    expect(worded.kind).toBe(kind);
    expect(worded.nextStep).toMatch(nextStep);
    expect(worded.message).toMatch(/^Starting unit "cart": [a-z][^\n]{10,90}$/);
  });

  it.each([
    [z.object({ NCPU: z.number() }).safeParse({}).error, 'field "NCPU": '],
    [z.object({ NCPU: z.number() }).safeParse('<html>').error, 'expected object'],
    [z.array(z.object({ Id: z.string() })).safeParse([{ Id: 5 }]).error, 'field "0.Id": '],
  ])('of an answer that is no engine’s are one sentence', (error, says) => {
    const worded = toEngineError('Asking for its version', error);
    expect(worded.message).toMatch(
      /^Asking for its version: what answers there does not answer as a container engine does \([^\n{}]+\)$/,
    );
    expect(worded.message).toContain(says);
    expect(worded.nextStep).toContain('proxy');
  });

  it('keep the status of the engine’s answer', () => {
    expect(statusOf(toEngineError('x', failure(404, 'gone')))).toBe(404);
    expect(statusOf(new Error('x'))).toBeUndefined();
  });
});
