import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LoadPlan, LoadSlice } from '../model/index.ts';
import { buildAgentProgram } from './bundle.ts';
import { connectAgent, type AgentClient } from './client.ts';

let folder: string;
let child: ChildProcess;
let client: AgentClient;
let server: Server;
let url: string;
let unreadyAnswers = 2;

beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/health/ready' && unreadyAnswers-- > 0) response.statusCode = 503;
    if (request.url === '/never') return;
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.once('end', () => response.end(`${request.method} ${request.headers['authorization'] ?? ''} ${body}`));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  url = `http://127.0.0.1:${address.port}`;

  folder = await mkdtemp(path.join(tmpdir(), 'cleave-agent-test-'));
  const file = path.join(folder, 'agent.mjs');
  await writeFile(file, await buildAgentProgram());
  const started = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'pipe'] });
  child = started;
  const exited = once(started, 'exit').then(() => started.exitCode);
  client = await connectAgent({ stdin: started.stdin, stdout: started.stdout, stderr: started.stderr, exited });
});

afterAll(async () => {
  child.kill('SIGKILL');
  server.closeAllConnections();
  server.close();
  await rm(folder, { recursive: true, force: true });
});

const plan = (): LoadPlan => ({
  baseUrl: url,
  journeys: { visit: { title: 'Visit', weight: 1, steps: [{ endpoint: 'page', path: '/', expect: {} }] } },
  stages: [{ journeysPerSecond: 200, durationMs: 400 }],
  arrivals: 'poisson',
  seed: 3,
  deadlineMs: 20_000,
  maxConnections: 32,
  sliceMs: 100,
  traceShare: 0,
  ledger: false,
  identitySalt: '',
});

test('it relays a request, with headers and body, and says when', async () => {
  const { atMs } = await client.ping();
  const answer = await client.request({
    method: 'POST',
    url,
    headers: { authorization: 'Bearer t' },
    body: 'hello',
    timeoutMs: 10_000,
  });
  expect(answer).toMatchObject({ status: 200, body: 'POST Bearer t hello' });
  expect(answer.startedAtMs).toBeGreaterThanOrEqual(atMs);
  expect(answer.endedAtMs).toBeGreaterThanOrEqual(answer.startedAtMs);
});

test('it waits for readiness, and says what it saw when there is none', async () => {
  await expect(client.awaitReady(`${url}/health/ready`, { intervalMs: 5, timeoutMs: 20_000 })).resolves.toMatchObject({
    attempts: 3,
  });
  unreadyAnswers = Number.POSITIVE_INFINITY;
  await expect(client.awaitReady(`${url}/health/ready`, { intervalMs: 5, timeoutMs: 500 })).rejects.toMatchObject({
    kind: 'timeout',
    message: expect.stringContaining('503'),
  });
});

test('a request that nobody answers ends at its own deadline', async () => {
  await expect(client.request({ method: 'GET', url: `${url}/never`, timeoutMs: 50 })).rejects.toMatchObject({
    kind: 'timeout',
  });
  await expect(client.request({ method: 'GET', url: 'http://127.0.0.1:1/', timeoutMs: 5000 })).rejects.toMatchObject({
    kind: 'refused',
  });
});

test('it runs loads, several at once, in processes that it uses again', async () => {
  const slices: LoadSlice[] = [];
  const both = await Promise.all([
    client.startLoad(plan(), { onSlice: (slice) => slices.push(slice) }).done,
    client.startLoad(plan()).done,
  ]);
  for (const measurement of both) {
    expect(measurement.endpoints['page']?.good).toBe(measurement.journeys['visit']?.scheduled);
    expect(measurement.generator.pacer).toMatch(/thread|timer/);
  }
  const inSlices = slices.reduce((sum, slice) => sum + (slice.endpoints['page']?.good ?? 0), 0);
  expect(inSlices).toBe(both[0].endpoints['page']?.good);
  const again = await client
    .startLoad({ ...plan(), stages: [{ journeysPerSecond: 50, durationMs: 3_600_000 }] })
    .stop();
  expect(again.durationMs).toBeLessThan(3_600_000);
  await expect(client.startLoad({ ...plan(), journeys: {} }).done).rejects.toThrow('at least one');
});

test('it ends, and its load processes with it, when its input ends', async () => {
  const { done } = client.startLoad({ ...plan(), stages: [{ journeysPerSecond: 50, durationMs: 3_600_000 }] });
  await client.close();
  expect(child.exitCode).toBe(0);
  await expect(done).rejects.toMatchObject({ kind: 'gone' });
});
