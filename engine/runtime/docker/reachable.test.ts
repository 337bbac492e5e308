import { execFile } from 'node:child_process';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, expect, it, onTestFinished } from 'vitest';
import { inFull } from '../errors.ts';
import { REQUIRED_LABELS } from '../labels.ts';
import { fakeEngine, framedLine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { askingProgram, assertReachable } from './reachable.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

const labels = Object.fromEntries(REQUIRED_LABELS.map((label) => [label, 'true']));

/** Looks on an engine whose second container writes that. */
async function lookAt(said: string | null, on: 'docker' | 'podman' | 'Docker Desktop' = 'docker'): Promise<void> {
  let made = 0;
  engine = await fakeEngine([], (request) => {
    if (request === 'POST /containers/create') {
      made += 1;
      engine?.things.add(`/containers/c${made}`);
      return { status: 201, body: { Id: `c${made}` } };
    }
    if (request.endsWith('/start')) return { status: 204 };
    if (request === 'POST /containers/c2/wait') return { status: 200, body: { StatusCode: 137 } };
    if (request === 'GET /containers/c2/logs')
      return { status: 200, body: said === null ? Buffer.alloc(0) : framedLine(said) };
    return undefined;
  });
  const docker = connect(parseEndpoint(engine.address));
  const [kind, operatingSystem] = on === 'Docker Desktop' ? (['docker', on] as const) : [on, 'Debian'];
  await assertReachable(docker, { kind, operatingSystem, network: 'cleave-0-inside', labels, image: 'base' });
}

const nothingLeft = (): void => expect([...(engine?.things ?? ['?'])]).toEqual([]);

it.each([['heard answer'], [null], ['node: bad option']])('goes on where the container says %j', async (said) => {
  await lookAt(said);
  nothingLeft();
});

it.each([
  ['docker', 'ETIMEDOUT', /most likely a firewall drops/, /iptables -I DOCKER-USER -m physdev --physdev-is-bridged/],
  ['Docker Desktop', 'ETIMEDOUT', /on this engine \(ETIMEDOUT\)\.? Restart/, /^Restart Docker Desktop\.$/],
  ['podman', 'ETIMEDOUT', /most likely the rules of a Docker beside Podman drop/, /^Use one of the two/],
  ['podman', 'EHOSTUNREACH', /most likely the rules of a Docker beside Podman drop/, /^Use one of the two/],
  ['docker', 'EAI_AGAIN', /their names are not found \(EAI_AGAIN\)/, /^Restart the container engine/],
  ['podman', 'ENOTFOUND', /their names are not found \(ENOTFOUND\)/, /aardvark-dns/],
] as const)('names the likely cause and what to do: %s, %s', async (on, code, why, nextStep) => {
  const looking = lookAt(`heard ${code}`, on);
  await expect(looking).rejects.toMatchObject({ kind: 'engine', nextStep: expect.stringMatching(nextStep) as unknown });
  const said = await looking.catch(inFull);
  expect(said).not.toMatch(/-P FORWARD|bridge-nf-call/);
  expect(said).toMatch(why);
  expect(said).toMatch(/^Containers of one network cannot reach each other on this engine[^\n]+\.$/);
  nothingLeft();
});

/** What the program in the asking container writes; `before` runs in it first. */
function asked(host: string, port: number, { before = '', patienceMs = 10_000 } = {}): Promise<string> {
  return new Promise((resolve) => {
    const program = `${before}\n${askingProgram({ host, port, patienceMs })}`;
    execFile(process.execPath, ['-e', program], (_error, stdout) => resolve(stdout));
  });
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.end());
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as AddressInfo).port };
}

it('hears of a port that answers, and of one that refuses, since that was reached', async () => {
  const { server, port } = await listening();
  expect(await asked('127.0.0.1', port)).toBe('heard answer\n');
  await new Promise((resolve) => server.close(resolve));
  expect(await asked('127.0.0.1', port)).toBe('heard answer\n');
});

it('hears the answer that came while it had no processor', async () => {
  const { port } = await listening();
  const before = `require('node:net').Socket.prototype.connect = (connect => function (...to) {
    connect.apply(this, to);
    for (const end = Date.now() + 200; Date.now() < end;);
    return this;
  })(require('node:net').Socket.prototype.connect);`;
  expect(await asked('127.0.0.1', port, { before, patienceMs: 50 })).toBe('heard answer\n');
});

/** Names are looked up so. */
const names = (lookup: string): string => `require('node:dns').lookup = (host, options, callback) => { ${lookup} };`;
const found = `process.nextTick(callback, null, options.all ? [{ address: '127.0.0.1', family: 4 }] : '127.0.0.1', 4);`;
const failed = (code: string): string => `process.nextTick(callback, Object.assign(new Error(), { code: '${code}' }));`;
/** As where a firewall drops what is sent. */
const silent = `const { TCP } = process.binding('tcp_wrap'); TCP.prototype.connect = () => 0;`;

it.each([
  ['a name server that says nothing is no firewall', names(''), 'EAI_AGAIN'],
  ['a name that is not there is none either', names(failed('ENOTFOUND')), 'ENOTFOUND'],
  ['a name that is found and says nothing is one', `${names(found)}\n${silent}`, 'ETIMEDOUT'],
])('%s', async (_, before, code) => {
  expect(await asked('listener', 1, { before, patienceMs: 300 })).toBe(`heard ${code}\n`);
});
