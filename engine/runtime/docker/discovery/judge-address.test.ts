import { expect, it } from 'vitest';
import { judgeAddress } from './judge-address.ts';

const linux = { platform: 'linux', env: {}, homeDir: '/home/me', uid: 1000, readText: async () => null } as const;
const windows = { ...linux, platform: 'win32', homeDir: 'C:\\Users\\me', uid: null } as const;

it.each([
  ['unix:///var/run/docker.sock', linux],
  ['/var/run/docker.sock', linux],
  ['unix:///run/user/1000/docker.sock', linux],
  ['npipe:////./pipe/docker_engine', windows],
  ['tcp://[::1]:4444', { ...linux, env: { DOCKER_HOST: 'tcp://[0:0:0:0:0:0:0:1]:4444' } }],
])('knows %s as one that it finds by itself', async (address, host) => {
  expect(await judgeAddress(address, host)).toEqual({ problem: null, discovered: true });
});

it.each([
  ['unix:///tmp/docker.sock', linux],
  ['tcp://127.0.0.1:2375', linux],
  ['npipe:////./pipe/mine', windows],
  // What is named binds: the usual places are not looked at then.
  ['unix:///var/run/docker.sock', { ...linux, env: { DOCKER_HOST: 'unix:///tmp/other.sock' } }],
])('leaves %s for a person to confirm', async (address, host) => {
  expect(await judgeAddress(address, host)).toEqual({ problem: null, discovered: false });
});

it.each(['tcp://10.0.0.1:2375', 'npipe:////host/pipe/x', 'ssh://me@far', 'nonsense'])('refuses %s', async (address) => {
  const { problem, discovered } = await judgeAddress(address, linux);
  expect(problem).toMatch(/^.*(on another machine|not an engine).*\.$/);
  expect(discovered).toBe(false);
});
