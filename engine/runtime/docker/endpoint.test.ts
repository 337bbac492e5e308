import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { connect, formatEndpoint, parseEndpoint } from './endpoint.ts';

it.each([
  ['unix:///var/run/docker.sock', { kind: 'socket', path: '/var/run/docker.sock' }],
  ['/tmp/docker.sock', { kind: 'socket', path: '/tmp/docker.sock' }],
  ['npipe:////./pipe/docker_engine', { kind: 'socket', path: String.raw`\\.\pipe\docker_engine` }],
  ['tcp://localhost:2375', { kind: 'http', host: 'localhost', port: 2375 }],
  ['npipe:////?/pipe/docker_engine', { kind: 'socket', path: String.raw`\\?\pipe\docker_engine` }],
  [String.raw`\\.\pipe\docker_engine`, { kind: 'socket', path: String.raw`\\.\pipe\docker_engine` }],
  ['tcp://[::1]:2375', { kind: 'http', host: '::1', port: 2375 }],
  ['http://[0:0:0:0:0:0:0:1]', { kind: 'http', host: '::1', port: 2375 }],
  ['tcp://LOCALHOST:2375', { kind: 'http', host: 'localhost', port: 2375 }],
  ['TCP://LocalHost:2375', { kind: 'http', host: 'localhost', port: 2375 }],
  ['tcp://127.0.0.2:2375', { kind: 'http', host: '127.0.0.2', port: 2375 }],
  ['[::1]:2375', { kind: 'http', host: '::1', port: 2375 }],
  ['tcp://[::ffff:127.0.0.1]:2375', { kind: 'http', host: '::ffff:7f00:1', port: 2375 }],
  ['localhost', { kind: 'http', host: 'localhost', port: 2375 }],
  ['127.0.0.1:4243', { kind: 'http', host: '127.0.0.1', port: 4243 }],
])('reads %s', (address, endpoint) => {
  expect(parseEndpoint(address)).toEqual(endpoint);
});

it('reads an address that asks for certificates', () => {
  expect(parseEndpoint('tcp://localhost:2376', '/certificates')).toMatchObject({ kind: 'https', port: 2376 });
  expect(() => parseEndpoint('tcp://localhost:2376')).toThrow('set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH');
});

it.each([
  [[], 'ca.pem is missing'],
  [['cert.pem', 'key.pem'], 'ca.pem is missing'],
  [['ca.pem', 'cert.pem'], 'key.pem is missing'],
  [['ca.pem', 'key.pem'], 'cert.pem is missing'],
  [['ca.pem'], null],
  [['ca.pem', 'cert.pem', 'key.pem'], null],
])('with the certificates %j of a folder says %s', (files, says) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'cleave-certificates-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const file of files) writeFileSync(path.join(folder, file), file);
  const connecting = () => connect(parseEndpoint('tcp://localhost:2376', folder)).modem as object;
  if (says !== null) expect(connecting).toThrow(`the certificates in ${folder}, where ${says}`);
  else {
    const own = files.includes('key.pem') ? Buffer.from('key.pem') : undefined;
    expect(connecting()).toMatchObject({ ca: Buffer.from('ca.pem'), key: own });
  }
});

it('tells where an engine listens from where one is reached', () => {
  for (const address of ['tcp://0.0.0.0:2375', 'tcp://[::]:2375'])
    expect(() => parseEndpoint(address)).toThrow('is where an engine listens, not where one is reached');
});

it.each([
  'ssh://me@far.example',
  'tcp://10.0.0.1:2375',
  'tcp://[::2]:2375',
  'tcp://[::ffff:10.0.0.1]:2375',
  'tcp://localhost.far.example:2375',
  'tcp://127.0.0.1@far.example:2375',
  'npipe:////host/pipe/docker_engine',
  'npipe:////10.0.0.1/pipe/docker_engine',
  'npipe:////./share/docker_engine',
  'npipe:////./pipe/../../host/pipe/x',
  'npipe:////./pipe/',
  'npipe://pipe/docker_engine',
  String.raw`npipe://\\host\pipe\x`,
  String.raw`\\host\pipe\x`,
  '//host/pipe/x',
  'unix:////host/share/docker.sock',
  String.raw`unix://\\host\share\docker.sock`,
])('refuses %s, which is another machine', (address) => {
  expect(() => parseEndpoint(address)).toThrow('on another machine');
});

it.each([
  'ftp://x',
  'tcp://',
  'nonsense://',
  'unix://docker.sock',
  'unix://',
  'unix:/x',
  'unix:x',
  'npipe:x',
  'tcp://::1:2375',
  'tcp://localhost:0',
  'tcp://localhost:99999',
  '',
])('says what is wrong with %s', (address) => {
  expect(() => parseEndpoint(address)).toThrow('is not an engine');
});

it('writes addresses as they are read', () => {
  for (const address of [
    'unix:///var/run/docker.sock',
    'npipe:////./pipe/docker_engine',
    'tcp://localhost:2375',
    'tcp://[::1]:2375',
  ]) {
    expect(formatEndpoint(parseEndpoint(address))).toBe(address);
  }
});
