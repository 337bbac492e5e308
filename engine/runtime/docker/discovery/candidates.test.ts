import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { engineCandidates } from './candidates.ts';
import { eachOnce } from './each-once.ts';
import type { DiscoveryHost } from './host.ts';

const hashOf = (name: string): string => createHash('sha256').update(name).digest('hex');

function host(overrides: Partial<DiscoveryHost> & { files?: Record<string, unknown> } = {}): DiscoveryHost {
  const { files = {}, ...rest } = overrides;
  return {
    env: {},
    platform: 'linux',
    homeDir: '/home/ada',
    uid: 1000,
    readText: async (file) => (file in files ? JSON.stringify(files[file]) : null),
    realPath: async (file) => file,
    ...rest,
  };
}

const addresses = async (of: DiscoveryHost): Promise<string[]> =>
  (await engineCandidates(of)).map((one) => ('address' in one ? one.address : one.problem));
const colima = {
  [`/home/ada/.docker/contexts/meta/${hashOf('colima')}/meta.json`]: {
    Endpoints: { docker: { Host: 'unix:///colima.sock' } },
  },
};

describe('which engines are tried', () => {
  it('DOCKER_HOST alone, when it is set', async () => {
    const found = await engineCandidates(
      host({
        env: {
          ...{ DOCKER_HOST: 'tcp://localhost:2376', DOCKER_CONTEXT: 'colima' },
          ...{ DOCKER_TLS_VERIFY: '1', DOCKER_CERT_PATH: '/certs' },
        },
        files: colima,
      }),
    );
    expect(found).toEqual([{ source: 'DOCKER_HOST', address: 'tcp://localhost:2376', certificates: '/certs' }]);
  });

  it('the context of DOCKER_CONTEXT alone', async () => {
    expect(await addresses(host({ env: { DOCKER_CONTEXT: 'colima' }, files: colima }))).toEqual([
      'unix:///colima.sock',
    ]);
  });

  it.each([
    [{ DOCKER_CERT_PATH: '/certs' }, null],
    [{ DOCKER_CERT_PATH: '/certs', DOCKER_TLS_VERIFY: '' }, null],
    [{ DOCKER_TLS_VERIFY: '1' }, '/home/ada/.docker'],
    [{ DOCKER_TLS_VERIFY: '1', DOCKER_CONFIG: '/cfg' }, '/cfg'],
    [{ DOCKER_TLS_VERIFY: '0', DOCKER_CERT_PATH: '/certs' }, '/certs'],
  ])('with certificates only where they are asked for: %j', async (env, certificates) => {
    const [found] = await engineCandidates(host({ env: { DOCKER_HOST: 'tcp://localhost:2375', ...env } }));
    expect(found).toMatchObject({ certificates });
  });

  it("Docker's own context, where the variable says so, whatever is current", async () => {
    const files = { ...colima, '/home/ada/.docker/config.json': { currentContext: 'colima' } };
    expect(await addresses(host({ env: { DOCKER_CONTEXT: 'default' }, files }))).toEqual([
      'unix:///var/run/docker.sock',
    ]);
    expect((await addresses(host({ env: { DOCKER_CONTEXT: '' }, files })))[0]).toBe('unix:///colima.sock');
  });

  it.each(['colima\n', 'Colima', ' colima', 'constructor', '../colima'])(
    'none instead of the context %j, which is none',
    async (name) => {
      const problem = 'there is no such context in /home/ada/.docker';
      expect(await engineCandidates(host({ env: { DOCKER_CONTEXT: name }, files: colima }))).toEqual([
        {
          source: `DOCKER_CONTEXT ${JSON.stringify(name)}`,
          problem,
          nextStep: expect.stringContaining('docker context ls') as unknown,
        },
      ]);
      const files = { ...colima, '/home/ada/.docker/config.json': { currentContext: name } };
      expect(await engineCandidates(host({ files }))).toMatchObject([
        { source: `the current Docker context ${JSON.stringify(name)}`, problem },
      ]);
    },
  );

  it('none instead of a context whose description is broken', async () => {
    const [file = ''] = Object.keys(colima);
    for (const meta of [{}, { Endpoints: {} }, { Endpoints: { docker: { Host: '' } } }, [], null])
      expect(
        await engineCandidates(host({ env: { DOCKER_CONTEXT: 'colima' }, files: { [file]: meta } })),
      ).toMatchObject([{ problem: 'its description in /home/ada/.docker names no engine' }]);
  });

  it('the current context first, then the well-known places', async () => {
    const found = await addresses(
      host({ files: { ...colima, '/home/ada/.docker/config.json': { currentContext: 'colima' } } }),
    );
    expect(found[0]).toBe('unix:///colima.sock');
    expect(found).toContain('unix:///var/run/docker.sock');
  });

  it('contexts of another configuration folder, with their certificates', async () => {
    const files = {
      '/cfg/config.json': { currentContext: 'far' },
      [`/cfg/contexts/meta/${hashOf('far')}/meta.json`]: { Endpoints: { docker: { Host: 'tcp://localhost:2376' } } },
      [`/cfg/contexts/tls/${hashOf('far')}/docker/ca.pem`]: 'certificate',
    };
    const [first] = await engineCandidates(host({ env: { DOCKER_CONFIG: '/cfg' }, files }));
    expect(first).toEqual({
      source: 'the current Docker context "far"',
      address: 'tcp://localhost:2376',
      certificates: `/cfg/contexts/tls/${hashOf('far')}/docker`,
    });
  });

  it('the sockets of rootless engines, Docker Desktop, Colima and Podman on Linux', async () => {
    const found = await addresses(host({ env: { XDG_RUNTIME_DIR: '/run/user/7' } }));
    expect(found).toEqual(
      expect.arrayContaining([
        'unix:///run/user/7/docker.sock',
        'unix:///home/ada/.docker/run/docker.sock',
        'unix:///home/ada/.docker/desktop/docker.sock',
        'unix:///home/ada/.colima/default/docker.sock',
        'unix:///run/user/7/podman/podman.sock',
        'unix:///run/podman/podman.sock',
      ]),
    );
    expect(found[0]).toBe('unix:///var/run/docker.sock');
    expect(new Set(found).size).toBe(found.length);
  });

  it('each socket once, by the first of the names that lead to it', async () => {
    const desktop = '/home/ada/.docker/run/docker.sock';
    const links = new Map([
      ['/var/run/docker.sock', desktop],
      ['/run/user/1000/docker.sock', '/run/user/1000/podman/podman.sock'],
    ]);
    const linked = host({ realPath: async (file) => links.get(file) ?? file });
    const broken = { source: 'the current Docker context "x"', problem: 'there is no such context', nextStep: '' };
    const pipes = await engineCandidates(host({ platform: 'win32' }));
    const all = await engineCandidates(linked);
    const twice = [`unix://${desktop}`, 'unix:///run/user/1000/podman/podman.sock'];
    expect(await eachOnce([...all, ...all, ...pipes, broken], linked)).toEqual([
      ...all.filter((one) => !('address' in one && twice.includes(one.address))),
      ...pipes,
      broken,
    ]);
    // Whoever names one of them by hand names one that this system has.
    expect(await addresses(linked)).toEqual(expect.arrayContaining(twice));
  });

  it('named pipes on Windows, and nothing else', async () => {
    const found = await addresses(host({ platform: 'win32', homeDir: String.raw`C:\Users\ada`, uid: null }));
    expect(found.length).toBeGreaterThan(1);
    for (const address of found) expect(address).toMatch(/^npipe:/);
  });

  it('no rootless place where neither variable nor user number is known', async () => {
    for (const address of await addresses(host({ uid: null }))) expect(address).not.toContain('null');
  });

  it.each([['{'], ['[]'], ['{"currentContext": 5}']])('passes over a broken config.json: %s', async (text) => {
    const broken = host({ readText: async () => text });
    expect((await engineCandidates(broken))[0]).toMatchObject({ address: 'unix:///var/run/docker.sock' });
  });
});
