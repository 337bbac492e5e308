import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import type { Laboratory } from '../engine/deploy/index.ts';
import type { Application } from '../engine/model/index.ts';
import type { LogLine, RunningUnit, Site, UnitEvent } from '../engine/runtime/index.ts';
import { openContainers } from './units-in-containers.ts';

const never = (): Promise<never> => new Promise(() => undefined);

/** A program of a module in a container of an engine that does with it what a test says. */
async function started(container: Partial<RunningUnit>) {
  const vanishing = new AbortController();
  let tell: (event: UnitEvent) => void = () => undefined;
  const running = {
    ...{ recentLogs: async () => [], remove: async () => undefined, kill: async () => undefined },
    ...{ status: async () => undefined, ...container },
  };
  let starts = 0;
  const site = {
    vanished: vanishing.signal,
    startCompanion: async () => ({ stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() }),
    onUnitEvent: (listener: typeof tell) => (tell = listener),
    addressOfInstance: async () => ({
      ...{ serviceUrl: 'http://m:8080', controlUrl: 'http://m:9090' },
      ...{ listen: { host: '0.0.0.0', port: 8080 }, control: { host: '0.0.0.0', port: 9090 } },
    }),
    dataDirectory: () => '/data',
    startUnit: async () => {
      starts += 1;
      return running;
    },
  } as unknown as Site;
  const runtime = {
    ...{ openSite: async () => site, build: async () => ({ reference: 'image' }), close: async () => undefined },
  };
  const laboratory = {
    openRuntime: async () => ({ runtime, reason: '' }),
    bundle: async () => new Map([['m', {}]]),
  } as unknown as Laboratory;
  const containers = await openContainers(laboratory, {
    ...{ application: { name: 'a' } as Application, module: 'm' },
    ...{ signal: new AbortController().signal, onProgress: () => undefined },
  });
  onTestFinished(() => containers.close());
  const host = await containers.host('typescript');
  return {
    host,
    process: await host.start('{}', await host.place()),
    starts: () => starts,
    vanish: () => vanishing.abort(new Error('gone')),
    die: (exitCode: number) => tell({ unit: 'm', kind: 'die', instance: 0, atMs: 1000, seenAtMs: 1000, exitCode }),
  };
}

it('knows the end of a program at once, however long its engine takes to tell the log and to remove it', async () => {
  const { process, die } = await started({ recentLogs: never, remove: never });
  die(3);
  await expect(process.ended).resolves.toMatchObject({ code: 3, signal: null });
});

it('knows no end of a program whose container somebody else removed, and waits for none', async () => {
  const { host, process, vanish } = await started({});
  vanish();
  await expect(process.ended).resolves.toMatchObject({ code: null, signal: null });
  await expect(host.start('{}', await host.place())).rejects.toThrow('gone');
});

it('names the signal that ended a program, and its last words before', async () => {
  const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
    ...{ line: text, stream: 'stderr', atMs: 999, ...more },
  });
  const { process, die } = await started({
    recentLogs: async () => [line('one'), line('out', { stream: 'stdout' }), line('two'), line('next', { atMs: 1001 })],
  });
  die(137);
  const ending = await process.ended;
  expect(ending).toMatchObject({ code: null, signal: 'SIGKILL' });
  expect(await ending.lastWords()).toBe('one\ntwo\n');
});

it('starts nothing while a container is there still whose program has ended', async () => {
  let remove = (): void => undefined;
  const removal = new Promise<void>((resolve) => (remove = resolve));
  const { host, process, die, starts } = await started({ remove: () => removal });
  const place = await host.place();
  die(1);
  await process.ended;
  const next = host.start('{}', place);
  // Enough turns for a start that waits for nothing.
  await new Promise(setImmediate);
  expect(starts()).toBe(1);
  remove();
  await next;
  expect(starts()).toBe(2);
});

it('says that a program was asked to end no sooner than the engine has answered', async () => {
  let answer = (): void => undefined;
  const answered = new Promise<void>((resolve) => (answer = resolve));
  const asked: string[] = [];
  const { process } = await started({
    status: () => answered as never,
    remove: async () => void asked.push('remove'),
    kill: async () => void asked.push('kill'),
  });
  const signalled = process.signal('SIGTERM').then(() => asked.push('signalled'));
  await new Promise(setImmediate);
  expect(asked).toEqual([]);
  answer();
  await signalled;
  await process.signal('SIGKILL');
  expect(asked).toEqual(['remove', 'signalled', 'kill']);
});
