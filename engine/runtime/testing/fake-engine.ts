import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** Answers one request of an engine's client, with a value or with bytes; undefined: as the fake engine would; `cut` ends the connection instead, `hang` says nothing. */
export type Script = (request: string) => { status: number; body?: unknown } | 'cut' | 'hang' | undefined;

export interface FakeEngine {
  /** As in DOCKER_HOST. */
  address: string;
  /** `METHOD /path` of every request so far, without its query. */
  requests: string[];
  /** Things it lists, by path: `/containers/a`. A DELETE takes one away. */
  things: Set<string>;
  close: () => void;
}

const kinds = { containers: 'Id', networks: 'Id', volumes: 'Name' } as const;

/** An engine that has named things and lists and removes them; `script` makes it fail. It listens on a socket, or on `host`. */
export async function fakeEngine(
  names: readonly string[],
  script: Script = () => undefined,
  host?: string,
): Promise<FakeEngine> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cleave-fake-'));
  const things = new Set(names);
  const requests: string[] = [];
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://engine').pathname.replace(/^\/v1\.\d+(?=\/)/, '');
    const asked = `${request.method} ${url}`;
    requests.push(asked);
    const answer = script(asked) ?? usual(request.method ?? 'GET', url, things);
    if (answer === 'hang') return;
    if (answer === 'cut') {
      response.destroy();
      return;
    }
    const { status, body } = answer;
    response.statusCode = status;
    response.setHeader('Content-Type', 'application/json');
    if (Buffer.isBuffer(body)) response.end(body);
    else response.end(body === undefined ? '' : JSON.stringify(body));
  });
  const socket = path.join(folder, 'engine.sock');
  await new Promise<void>((resolve) => {
    if (host === undefined) server.listen(socket, resolve);
    else server.listen(0, host, resolve);
  });
  const port = host === undefined ? 0 : (server.address() as AddressInfo).port;
  return {
    address: host === undefined ? `unix://${socket}` : `tcp://${host.includes(':') ? `[${host}]` : host}:${port}`,
    requests,
    things,
    close: () => {
      server.closeAllConnections();
      server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function usual(method: string, url: string, things: Set<string>): { status: number; body?: unknown } {
  const [, kind = '', name = ''] = url.split('/');
  const key = kind in kinds ? kinds[kind as keyof typeof kinds] : 'Id';
  const item = (id: string) => ({
    Name: id,
    [key]: id,
    Names: [`/${id}`],
    Labels: { 'cleave.managed': 'true' },
    State: 'running',
  });
  if (name === '' || name === 'json') {
    const list = [...things]
      .filter((thing) => thing.startsWith(`/${kind}/`))
      .map((thing) => item(path.basename(thing)));
    return { status: 200, body: kind === 'volumes' ? { Volumes: list } : list };
  }
  const thing = `/${kind}/${name}`;
  if (!things.has(thing)) return { status: 404, body: { message: `no such thing: ${name}` } };
  if (method !== 'DELETE') return { status: 200, body: item(name) };
  things.delete(thing);
  return { status: 204 };
}

/** A line of a container's log as engines frame it. */
export function framedLine(text: string): Buffer {
  const line = Buffer.from(`2026-11-22T13:00:00.000000000Z ${text}\n`);
  return Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0, line.length]), line]);
}
