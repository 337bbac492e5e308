import { PassThrough } from 'node:stream';
import type Docker from 'dockerode';
import { expect, it, onTestFinished, vi } from 'vitest';
import { ensureBaseImage } from './ensure.ts';
import { nodeBase } from './node.ts';
import { pullImage } from './pull.ts';

/** An engine on x86_64 that has the official image for some processors, and gets it for its own when it pulls. */
function engine(has: string | undefined) {
  let architecture = has;
  let pulls = 0;
  const notFound = Object.assign(new Error('no such image'), { statusCode: 404 });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is asked of it
  const docker = {
    info: () => Promise.resolve({ Architecture: 'x86_64' }),
    getImage: (reference: string) => ({
      inspect: () =>
        reference === nodeBase.official && architecture !== 'none'
          ? Promise.resolve({ Id: `sha256:${architecture}`, Size: 1, Architecture: architecture, RepoDigests: [] })
          : Promise.reject(notFound),
    }),
    pull: () => {
      pulls += 1;
      architecture = 'amd64';
      const stream = new PassThrough();
      stream.end('{"status":"done"}\n');
      return Promise.resolve(stream);
    },
  } as unknown as Docker;
  return { docker, pulls: () => pulls };
}

it.each([
  ['amd64', 0],
  ['x86_64', 0],
  // Some engines do not say.
  ['', 0],
  [undefined, 0],
  ['arm64', 1],
  ['aarch64', 1],
  ['s390x', 1],
  ['none', 1],
])('a base image for %j on x86_64 is pulled %i times', async (has, times) => {
  const { docker, pulls } = engine(has);
  const image = await ensureBaseImage(docker, nodeBase, { workDir: '/nowhere' });
  expect(pulls()).toBe(times);
  expect(image).toMatchObject({ origin: times === 0 ? 'local' : 'pulled', architecture: 'x64' });
  if (times > 0) expect(image.id).toBe('sha256:amd64');
});

it('a pull that tells nothing for 20 s is given up, and one that tells something is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const stream = new PassThrough();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- all that is asked of it
  const docker = { pull: () => Promise.resolve(stream) } as unknown as Docker;
  let ended = false;
  const pulling = expect(
    pullImage(docker, 'x', undefined).finally(() => {
      ended = true;
    }),
  ).rejects.toThrow('Nothing moved for 20 s: Pulling x');
  for (let words = 0; words < 3; words += 1) {
    await vi.advanceTimersByTimeAsync(15_000);
    stream.write('{"status":"Extracting"}\n');
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(ended).toBe(false);
  await vi.advanceTimersByTimeAsync(20_001);
  await pulling;
});
