import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AgentFailure } from './agent-failure.ts';
import { connectAgent, type AgentClient } from './client.ts';
import { agentCommandSchema, type AgentCommand } from './protocol.ts';
import type { AgentStreams } from './streams.ts';

/** An agent played by the test. */
function fakeAgent() {
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  let exit: (code: number | null) => void = () => {};
  const exited = new Promise<number | null>((resolve) => {
    exit = resolve;
  });
  const commands: AgentCommand[] = [];
  let rest = '';
  stdin.on('data', (data: Buffer) => {
    const lines = (rest + data.toString()).split('\n');
    rest = lines.pop() ?? '';
    commands.push(...lines.map((line) => agentCommandSchema.parse(JSON.parse(line))));
  });
  const streams: AgentStreams = { stdin, stdout, stderr, exited };
  return {
    streams,
    commands,
    say: (message: unknown) => stdout.write(typeof message === 'string' ? message : `${JSON.stringify(message)}\n`),
    complain: (text: string) => stderr.write(`${text}\n`),
    die: (code: number | null) => {
      stdout.end();
      stderr.end();
      exit(code);
    },
    /** The next command that has not been looked at. */
    async next(): Promise<AgentCommand> {
      for (;;) {
        const command = commands.shift();
        if (command !== undefined) return command;
        await turn();
      }
    },
  };
}

let agent: ReturnType<typeof fakeAgent>;
let client: AgentClient;

beforeEach(async () => {
  agent = fakeAgent();
  agent.say({ type: 'hello', protocol: 1, nodeVersion: 'v24.0.0', pid: 1 });
  client = await connectAgent(agent.streams);
});

afterEach(() => agent.die(0));

const plan = {
  baseUrl: 'http://entry:8080',
  journeys: {},
  stages: [{ journeysPerSecond: 1, durationMs: 1000 }],
  arrivals: 'poisson' as const,
  seed: 1,
  deadlineMs: 1000,
  maxConnections: 8,
  sliceMs: 1000,
  traceShare: 0,
  ledger: false,
  identitySalt: '',
};

test('answers find their questions, in whatever order they come', async () => {
  const first = client.request({ method: 'GET', url: 'http://a:1/', timeoutMs: 1000 });
  const second = client.request({ method: 'GET', url: 'http://b:1/', timeoutMs: 1000 });
  const ids = [(await agent.next()).id, (await agent.next()).id];
  const answer = { type: 'response', status: 200, headers: {}, startedAtMs: 1, endedAtMs: 2 };
  agent.say({ ...answer, id: ids[1], body: 'second' });
  agent.say({ ...answer, id: ids[0], body: 'first' });
  expect([(await first).body, (await second).body]).toEqual(['first', 'second']);
});

test('a failure keeps its kind and its words', async () => {
  const asked = client.awaitReady('http://a:1/', { intervalMs: 10, timeoutMs: 1000 });
  agent.say({ type: 'failure', id: (await agent.next()).id, kind: 'refused', text: 'nobody there' });
  await expect(asked).rejects.toMatchObject({ name: 'AgentFailure', kind: 'refused', message: 'nobody there' });
});

test('when the agent dies every pending call rejects with its last words, and so does every later one', async () => {
  const calls = [client.ping(), client.startLoad(plan).done];
  agent.complain('out of memory');
  agent.die(137);
  for (const call of calls) {
    await expect(call).rejects.toMatchObject({
      kind: 'gone',
      message: expect.stringMatching(/exit code 137.*out of memory/),
    });
  }
  await expect(client.ping()).rejects.toBeInstanceOf(AgentFailure);
});

test('an agent that never greets is reported with what it said instead', async () => {
  const silent = fakeAgent();
  const connected = connectAgent(silent.streams);
  silent.say('Segmentation fault\n');
  silent.die(139);
  await expect(connected).rejects.toMatchObject({
    kind: 'gone',
    message: expect.stringContaining('Segmentation fault'),
  });
});

test('slices come before the measurement, and an abort stops the load and rejects with its reason', async () => {
  const controller = new AbortController();
  const slices: number[] = [];
  const { done } = client.startLoad(plan, { signal: controller.signal, onSlice: (slice) => slices.push(slice.index) });
  const { id } = await agent.next();
  agent.say({ type: 'load-slice', id, slice: { index: 0, startMs: 0, lengthMs: 1000, endpoints: {} } });
  while (slices.length === 0) await turn();
  controller.abort(new Error('enough'));
  expect(await agent.next()).toMatchObject({ type: 'stop-load', loadId: id });
  agent.say({ type: 'failure', id, kind: 'other', text: 'stopped' });
  await expect(done).rejects.toThrow();
  expect(slices).toEqual([0]);
});

test('an aborted call leaves no timer that would keep the program from ending', async () => {
  const timers = (): number => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = timers();
  const controller = new AbortController();
  const { signal } = controller;
  const asked = client.awaitReady('http://a:1/', { intervalMs: 10, timeoutMs: 60_000, signal });
  await agent.next();
  expect(timers()).toBe(before + 1);
  controller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  expect(timers()).toBe(before);
});

test('an aborted call rejects at once and its late answer is ignored', async () => {
  const controller = new AbortController();
  const asked = client.request({ method: 'GET', url: 'http://a:1/', timeoutMs: 1000, signal: controller.signal });
  const { id } = await agent.next();
  controller.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  agent.say({ type: 'failure', id, kind: 'other', text: 'late' });
  const ping = client.ping();
  agent.say({ type: 'pong', id: (await agent.next()).id, atMs: 17 });
  expect(await ping).toEqual({ atMs: 17 });
});
