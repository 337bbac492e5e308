import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { statusOf, toEngineError } from './call.ts';
import { parseEvent } from './events.ts';
import { parseStats } from './stats.ts';

describe('statistics', () => {
  const networks = { eth0: { rx_bytes: 10, tx_bytes: 1 }, eth1: { rx_bytes: 5, tx_bytes: 2 } };

  /** Sound answers as each kind of engine gives them. */
  const whole = {
    'cgroup v1': {
      read: '2026-11-22T13:00:00.5Z',
      preread: '0001-01-01T00:00:00Z',
      pids_stats: { current: 11 },
      blkio_stats: { io_service_bytes_recursive: [] },
      cpu_stats: {
        cpu_usage: { total_usage: 2_500_000_000, percpu_usage: [1, 2], usage_in_kernelmode: 1, usage_in_usermode: 2 },
        system_cpu_usage: 9_000_000_000,
        online_cpus: 2,
        throttling_data: { periods: 0, throttled_periods: 0, throttled_time: 0 },
      },
      precpu_stats: { cpu_usage: { total_usage: 0 }, throttling_data: {} },
      memory_stats: {
        usage: 1000,
        max_usage: 2000,
        limit: 4000,
        stats: { total_inactive_file: 300, inactive_file: 1 },
      },
      networks,
    },
    'cgroup v2': {
      read: '2026-11-22T13:00:00.5Z',
      cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 }, system_cpu_usage: 9e9, online_cpus: 2 },
      precpu_stats: { cpu_usage: { total_usage: 0 } },
      memory_stats: { usage: 1000, limit: 4000, stats: { anon: 600, file: 400, inactive_file: 300 } },
      networks,
    },
    Podman: {
      read: '2026-11-22T14:00:00.5+01:00',
      cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 }, cpu: 1.5, online_cpus: 0 },
      precpu_stats: { cpu_usage: { total_usage: 0 } },
      memory_stats: { usage: 1000, max_usage: 4000, limit: 4000 },
      networks,
    },
  };
  const told = { atMs: Date.parse('2026-11-22T13:00:00.5Z'), cpuSeconds: 2.5, memoryBytes: 700 };

  it.each([
    ['cgroup v1', told],
    ['cgroup v2', told],
    // Usage alone has in it the page cache of whatever file the container happened to read first.
    ['Podman', { ...told, memoryBytes: null }],
  ] as const)('are the same of %s, without droppable page cache', (kind, expected) => {
    expect(parseStats(whole[kind], 7)).toEqual({ ...expected, networkReceivedBytes: 15, networkSentBytes: 3 });
  });

  const nothing = { atMs: 7, cpuSeconds: null, memoryBytes: null, networkReceivedBytes: null, networkSentBytes: null };

  it('are not zero but unknown, of memory and network, for a container that has ended; and it uses no CPU', () => {
    const ended = {
      read: '0001-01-01T00:00:00Z',
      cpu_stats: { cpu_usage: { total_usage: 0 }, throttling_data: { periods: 0 } },
      memory_stats: {},
    };
    expect(parseStats(ended, 7)).toEqual({ ...nothing, cpuSeconds: 0 });
    expect(parseStats({ ...ended, memory_stats: { usage: 0, stats: {} } }, 7)).toEqual({ ...nothing, cpuSeconds: 0 });
  });

  it('are unknown for one that is just starting, of which all is zero', () => {
    const starting = {
      read: '2026-11-22T13:00:00.5Z',
      cpu_stats: { cpu_usage: { total_usage: 0 } },
      memory_stats: { usage: 0, stats: { inactive_file: 0 } },
      networks: {},
    };
    expect(parseStats(starting, 7)).toEqual({ ...nothing, atMs: told.atMs });
  });

  it.each([[null], [undefined], [''], ['<html>'], [[]], [{}], [7], [Buffer.from('x')]])(
    'are unknown where the answer is none: %j',
    (answer) => {
      expect(parseStats(answer, 7)).toEqual(nothing);
    },
  );

  /** Every place within a value, as a path. */
  function placesIn(value: unknown, at: readonly string[] = []): string[][] {
    const inner =
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([name, item]) => placesIn(item, [...at, name]))
        : [];
    return at.length === 0 ? inner : [[...at], ...inner];
  }

  function changed(value: unknown, [name = '', ...rest]: readonly string[], to: unknown): unknown {
    const entries = Object.entries(value as object).flatMap(([key, item]): [string, unknown][] => {
      if (key !== name) return [[key, item]];
      if (rest.length > 0) return [[key, changed(item, rest, to)]];
      return to === undefined ? [] : [[key, to]];
    });
    return Array.isArray(value) ? entries.map(([, item]) => item) : Object.fromEntries(entries);
  }

  it.each(Object.entries(whole))(
    'of %s with any part missing, or of another kind, are right or unknown',
    (_, answer) => {
      const sound = parseStats(answer, 7);
      // A network that is not listed is one that the container is not in.
      for (const place of placesIn(answer).filter((one) => one.length !== 2 || one[0] !== 'networks'))
        for (const to of [undefined, null, {}, [], '', 'x', -1, true]) {
          const read = parseStats(changed(answer, place, to), 7);
          const where = `${place.join('.')}: ${JSON.stringify(to)}`;
          expect([sound.atMs, 7], where).toContain(read.atMs);
          for (const key of ['cpuSeconds', 'networkReceivedBytes', 'networkSentBytes'] as const)
            expect([sound[key], null], `${where}, ${key}`).toContain(read[key]);
          // Under cgroup v1 the container's own cache stands in for that of all below it, which has none.
          expect([sound.memoryBytes, null, 999], where).toContain(read.memoryBytes);
        }
    },
  );
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
