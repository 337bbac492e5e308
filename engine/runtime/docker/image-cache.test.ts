import { afterEach, expect, it } from 'vitest';
import { formatOwner, thisOwner } from '../owner.ts';
import { emptyReport } from '../sweep-report.ts';
import { fakeEngine } from '../testing/fake-engine.ts';
import type { FakeEngine } from '../testing/fake-engine.ts';
import { connect, parseEndpoint } from './endpoint.ts';
import { sweepImages } from './image-cache.ts';
import type { ImageSweepOptions } from './image-cache.ts';

let engine: FakeEngine | undefined;
afterEach(() => engine?.close());

interface Image {
  tag: string | null;
  owner: string | undefined;
  created: number;
  /** A container runs from it. */
  used?: boolean;
  base?: boolean;
  /** What the engine says to the wish to remove it, and whether it is gone then. */
  refusal?: number;
  gone?: boolean;
}

/** What is asked to go of an engine with these images, and the report. */
async function swept(
  images: Record<string, Image>,
  options: ImageSweepOptions = {},
  // What else is on the engine, asked for at each look.
  claims: () => { owner: string; lease: string }[] = () => [],
) {
  const entries = Object.entries(images);
  const labelled = (base: boolean) =>
    entries
      .filter(([, image]) => (image.base ?? false) === base)
      .map(([id, { tag, owner, created }]) => ({
        Id: id,
        RepoTags: tag === null ? null : [tag],
        Created: created,
        Labels: {
          ...(base ? { 'cleave.base-image': '1' } : { 'cleave.image': tag ?? 'x' }),
          ...(owner === undefined ? {} : { 'cleave.image.owner': owner }),
        },
      }));
  let lists = 0;
  engine = await fakeEngine([], (request) => {
    if (request === 'GET /images/json') {
      lists += 1;
      // What is built on a base image inherits its label.
      return { status: 200, body: lists > 1 ? [...labelled(true), ...labelled(false)] : labelled(false) };
    }
    if (request === 'GET /volumes') {
      const Volumes = claims().map(({ owner, lease }) => ({
        Name: `cleave-claim-${lease}`,
        Labels: { 'cleave.managed': 'true', 'cleave.owner': owner, 'cleave.lease': lease },
      }));
      return { status: 200, body: { Volumes } };
    }
    const looking = /^GET \/images\/(.*)\/json$/.exec(request)?.[1];
    if (looking !== undefined) return { status: images[looking]?.gone === true ? 404 : 200, body: {} };
    const removing = /^DELETE \/images\/(.*)$/.exec(request)?.[1];
    if (removing === undefined) return undefined;
    const image = entries.find(([id, { tag }]) => removing === id || decodeURIComponent(removing) === tag)?.[1];
    if (image?.refusal !== undefined) return { status: image.refusal, body: { message: 'no' } };
    return image?.used === true ? { status: 409, body: { message: 'it is being used' } } : { status: 200, body: [] };
  });
  const report = emptyReport();
  await sweepImages(connect(parseEndpoint(engine.address)), report, options);
  return report;
}

const here = await thisOwner();
const living = formatOwner(here);
const dead = formatOwner({ ...here, started: `${here.started}0` });
const elsewhere = formatOwner({ ...here, space: '1.1' });
const some = {
  a: { tag: 'cleave/a:1', owner: dead, created: 1 },
  b: { tag: 'cleave/b:1', owner: living, created: 2 },
  c: { tag: 'cleave/c:1', owner: undefined, created: 3 },
  d: { tag: 'cleave/d:1', owner: elsewhere, created: 4 },
  e: { tag: 'cleave/e:1', owner: dead, created: 5, used: true },
  f: { tag: 'cleave/f:1', owner: dead, created: 6 },
  g: { tag: 'cleave-base:1', owner: undefined, created: 0, base: true },
};

it('leaves the cache alone while it is small', async () => {
  expect(await swept(some)).toEqual(emptyReport());
});

it('removes what a dead build left without a name, and no other', async () => {
  const { removed, kept, unknown } = await swept({
    dead: { tag: null, owner: dead, created: 1 },
    living: { tag: null, owner: living, created: 1 },
    elsewhere: { tag: null, owner: elsewhere, created: 1 },
    // Without a name and an owner it may be anybody's who builds on one of ours.
    nobody: { tag: null, owner: undefined, created: 1 },
  });
  expect(removed).toEqual(['image dead']);
  expect(kept).toEqual(['image living: the Cleave that built it is running']);
  expect(unknown.map(({ title }) => title)).toEqual(['image elsewhere']);
});

it('keeps the newest, and of the others what may be alive or is in use', async () => {
  const { removed, kept, unknown, failed } = await swept(some, { mostImages: 1 });
  expect(removed).toEqual(['image cleave/c:1', 'image cleave/a:1']);
  expect(kept.toSorted()).toEqual([
    'image cleave/b:1: the Cleave that built it is running',
    'image cleave/e:1: a container or another image uses it',
  ]);
  expect(unknown.map(({ title }) => title)).toEqual(['image cleave/d:1']);
  expect(failed).toEqual([]);
});

it('says nothing of what another sweep removed at the same time, and names what will not go', async () => {
  const gone = await swept({ dead: { tag: null, owner: dead, created: 1, refusal: 500, gone: true } });
  expect(gone.failed).toEqual([]);
  const stays = await swept({ dead: { tag: null, owner: dead, created: 1, refusal: 500 } });
  expect(stays.failed).toEqual(['Removing the image dead: no']);
});

it('is emptied when a person wants it, with the base image', async () => {
  const { removed, kept, unknown } = await swept(some, { images: true });
  expect(removed).toEqual(['image cleave/f:1', 'image cleave/c:1', 'image cleave/a:1', 'image cleave-base:1']);
  expect(kept.toSorted()).toEqual([
    'image cleave/b:1: the Cleave that built it is running',
    'image cleave/e:1: a container or another image uses it',
  ]);
  expect(unknown).toHaveLength(1);
});

const ownerless = ['cleave/f:1', 'cleave/e:1', 'cleave/c:1', 'cleave/a:1', 'cleave-base:1'].map(
  (tag) => `image ${tag}`,
);

it.each([
  ['alive', living, `a Cleave that is running may use it (process ${process.pid})`],
  ['perhaps alive', elsewhere, 'a Cleave in another place may be running and use it (volume cleave-claim-x)'],
])(
  'keeps what somebody who is %s may use without having made it, the base image too, and says why',
  async (_, owner, why) => {
    const { removed, kept } = await swept(some, { images: true }, () => [{ owner, lease: 'x' }]);
    expect(removed).toEqual([]);
    expect(kept.filter((line) => ownerless.some((image) => line.startsWith(image)))).toEqual(
      ownerless.map((image) => `${image}: ${why}`),
    );
    // Nobody builds on what has no name.
    const nameless = { dead: { tag: null, owner: dead, created: 1 } };
    expect((await swept(nameless, { images: true }, () => [{ owner, lease: 'x' }])).removed).toEqual(['image dead']);
  },
);

it('notices a run that begins while it is emptied', async () => {
  let looks = 0;
  const { removed, kept } = await swept(some, { images: true }, () =>
    looks++ === 0 ? [] : [{ owner: living, lease: 'x' }],
  );
  expect(removed).toEqual(['image cleave/f:1']);
  expect(kept.filter((line) => line.includes('cleave-base'))).toHaveLength(1);
});

it('holds the cache to its bound for the only one who is there, and for a dead one, and not beside another', async () => {
  const bounded = (claims: { owner: string; lease: string }[]) =>
    swept(some, { mostImages: 5, ownLease: 'own' }, () => claims).then(({ removed }) => removed);
  const own = { owner: living, lease: 'own' };
  expect(await bounded([own, { owner: dead, lease: 'x' }])).toEqual(['image cleave/a:1']);
  expect(await bounded([own, { owner: living, lease: 'x' }])).toEqual([]);
  // Emptied means for this one too.
  expect((await swept(some, { images: true, ownLease: 'own' }, () => [own])).removed).toEqual([]);
});
