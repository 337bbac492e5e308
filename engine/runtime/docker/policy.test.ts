import type { ContainerCreateOptions } from 'dockerode';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../model/index.ts';
import { ownedLabels } from '../labels.ts';
import { containerBody } from './container-body.ts';
import type { ContainerWish } from './container-body.ts';
import { assertSafe, policyProblem } from './policy.ts';

const labels = ownedLabels(
  { owner: { pid: 1, started: 'then', boot: 'b', space: 's', machine: 'm' }, lease: 'l' },
  { session: 's', run: 'r' },
);
const wish: ContainerWish = {
  name: 'cleave-1-catalog-1',
  image: 'cleave/shop-catalog:1',
  language: 'typescript',
  environment: { CLEAVE_UNIT: '{}' },
  labels,
  memoryBytes: 128 * 1024 * 1024,
  cpus: [1],
  pids: 256,
  network: { name: 'cleave-1-inside', aliases: ['catalog'] },
  heals: true,
  dataVolume: 'cleave-1-catalog-data',
  publishedPort: 20_001,
  interactive: false,
};

/** A deep copy of the safe body with one value put in at a path. */
function altered(path: string, value: unknown): ContainerCreateOptions {
  const body: ContainerCreateOptions = structuredClone(containerBody(wish));
  const keys = path.split('/');
  let place: object = body;
  for (const key of keys.slice(0, -1)) {
    const next: unknown = Reflect.get(place, key);
    if (typeof next !== 'object' || next === null) throw new Error(`no ${path}`);
    place = next;
  }
  const last = keys.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(place, last);
  else Reflect.set(place, last, value);
  return body;
}

it('accepts whatever the one builder makes', () => {
  const name = fc.stringMatching(/^cleave-[a-z0-9-]{1,20}$/);
  fc.assert(
    fc.property(
      fc.record({
        cpus: fc.option(fc.array(fc.nat(63), { minLength: 1, maxLength: 8 })),
        network: fc.option(fc.record({ name, aliases: fc.array(fc.string()) })),
        publishedPort: fc.option(fc.integer({ min: 1, max: 65_535 })),
        dataVolume: fc.option(name),
        heals: fc.boolean(),
        interactive: fc.boolean(),
        memoryBytes: fc.integer({ min: 1, max: 2 ** 40 }),
        language: fc.constantFrom(...languages),
        environment: fc.dictionary(fc.string(), fc.string()),
      }),
      (part) => {
        expect(policyProblem(containerBody({ ...wish, ...part }))).toBeNull();
      },
    ),
  );
});

describe('refuses', () => {
  it.each<[string, unknown]>([
    ['HostConfig/Privileged', true],
    ['HostConfig/Binds', ['/:/host']],
    ['HostConfig/Devices', [{ PathOnHost: '/dev/kvm' }]],
    ['HostConfig/DeviceRequests', [{ Count: -1 }]],
    ['HostConfig/CapAdd', ['NET_ADMIN']],
    ['HostConfig/CapDrop', []],
    ['HostConfig/CapDrop', undefined],
    ['HostConfig/SecurityOpt', ['seccomp=unconfined']],
    ['HostConfig/SecurityOpt', ['no-new-privileges', 'apparmor=unconfined']],
    ['HostConfig/NetworkMode', 'host'],
    ['HostConfig/NetworkMode', 'container:abc'],
    ['HostConfig/NetworkMode', 'bridge'],
    ['HostConfig/NetworkMode', undefined],
    ['HostConfig/PidMode', 'host'],
    ['HostConfig/IpcMode', 'host'],
    ['HostConfig/UTSMode', 'host'],
    ['HostConfig/UsernsMode', 'host'],
    ['HostConfig/CgroupnsMode', 'host'],
    ['HostConfig/CgroupParent', '/'],
    ['HostConfig/VolumesFrom', ['other']],
    ['HostConfig/ExtraHosts', ['x:host-gateway']],
    ['HostConfig/Sysctls', { 'net.ipv4.ip_forward': '1' }],
    ['HostConfig/Runtime', 'other'],
    ['HostConfig/OomKillDisable', true],
    ['HostConfig/AutoRemove', true],
    ['HostConfig/PublishAllPorts', true],
    ['HostConfig/Memory', 0],
    ['HostConfig/Memory', undefined],
    ['HostConfig/MemorySwap', -1],
    ['HostConfig/PidsLimit', undefined],
    ['HostConfig/PidsLimit', -1],
    ['HostConfig/CpusetCpus', 'all'],
    ['HostConfig/ReadonlyRootfs', false],
    ['HostConfig/Init', undefined],
    ['HostConfig/Tmpfs', { '/tmp': 'rw' }],
    ['HostConfig/Tmpfs', { '/etc': 'rw,size=1' }],
    ['HostConfig/Mounts/0/Type', 'bind'],
    ['HostConfig/Mounts/0/Source', '/etc'],
    ['HostConfig/Mounts/0/Target', '/etc'],
    [
      'HostConfig/Mounts/0/VolumeOptions',
      { DriverConfig: { Name: 'local', Options: { type: 'none', o: 'bind', device: '/' } } },
    ],
    ['HostConfig/Mounts/0/BindOptions', { Propagation: 'shared' }],
    ['HostConfig/PortBindings/8080~1tcp', [{ HostIp: '0.0.0.0', HostPort: '80' }]],
    ['HostConfig/PortBindings/8080~1tcp', [{ HostPort: '80' }]],
    ['HostConfig/PortBindings/8080~1tcp', [{ HostIp: '', HostPort: '80' }]],
    ['HostConfig/PortBindings/8080~1tcp', [{ HostIp: '127.0.0.1', HostPort: '' }]],
    ['HostConfig/PortBindings/8080~1tcp', []],
    ['NetworkingConfig/EndpointsConfig/host', {}],
    ['User', 'root'],
    ['User', '0:0'],
    ['User', undefined],
    ['Labels', undefined],
    ['Labels/cleave.managed', undefined],
    ['Labels/cleave.managed', 'false'],
    ['Labels/cleave.session', undefined],
    ['Labels/cleave.run', undefined],
    ['Labels/cleave.owner', ''],
    ['Labels/cleave.lease', undefined],
    ['Tty', true],
    ['Volumes', { '/x': {} }],
    ['Healthcheck', { Test: ['CMD', 'true'] }],
  ])('%s = %j', (path, value) => {
    const key = path.replace('8080~1tcp', '8080');
    const body = path.includes('~1') ? altered('HostConfig/PortBindings', { '8080/tcp': value }) : altered(key, value);
    expect(policyProblem(body)).not.toBeNull();
    expect(() => assertSafe(body)).toThrow(/^Refused to create the container "cleave-1-catalog-1": /);
  });

  it('any address but 127.0.0.1', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (HostIp) => {
        fc.pre(HostIp !== '127.0.0.1');
        expect(
          policyProblem(altered('HostConfig/PortBindings', { '8080/tcp': [{ HostIp, HostPort: '20001' }] })),
        ).not.toBeNull();
      }),
    );
  });

  it('any key it does not know', () => {
    const known = new Set(Object.keys(containerBody(wish).HostConfig ?? {}));
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][A-Za-z]{1,15}$/), fc.anything(), (key, value) => {
        fc.pre(!known.has(key) && value !== undefined);
        expect(policyProblem(altered(`HostConfig/${key}`, value))).not.toBeNull();
      }),
    );
  });
});
