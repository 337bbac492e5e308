import type Docker from 'dockerode';
import type { ImageInfo } from 'dockerode';
import { LABEL } from '../labels.ts';
import { mayGo } from '../sweep-report.ts';
import type { SweepOptions, SweepReport } from '../types.ts';
import { RECIPE_LABEL } from './base-image/index.ts';
import { LIMIT_MS, engineCall, statusOf } from './call.ts';
import { userOfImages } from './claim.ts';
import { withSignal } from './signalled.ts';

/** Built images that are kept for the next start, the newest; an experiment needs one a unit and variant. */
const MOST_IMAGES = 200;

export interface ImageSweepOptions extends SweepOptions {
  mostImages?: number;
  /** Of the runtime that sweeps: its own presence does not keep the cache from its bound. */
  ownLease?: string;
}

/**
 * Removes images that a cut-off build left without a name, and, of those with one, the oldest beyond a bound; with `images` every one, the
 * assembled base image too. One with a name stays while anybody on this engine lives or may live: whoever finds an image there uses it without
 * having made it. What a container runs from stays in any case: the engine refuses.
 */
export async function sweepImages(docker: Docker, report: SweepReport, options: ImageSweepOptions): Promise<void> {
  const built = await list(docker, LABEL.image, options.signal);
  const named = built.filter((image) => tagsOf(image).length > 0).toSorted((a, b) => b.Created - a.Created);
  const going = [
    ...built.filter((image) => tagsOf(image).length === 0),
    ...(options.images === true ? named : named.slice(options.mostImages ?? MOST_IMAGES)),
  ];
  for (const image of going) {
    if ((await isNobodys(image, report, options)) && (await isUnused(docker, image, report, options)))
      await remove(docker, image, report);
  }
  if (options.images !== true) return;
  // What is built on a base image inherits its label.
  const bases = (await list(docker, RECIPE_LABEL, options.signal)).filter(({ Labels }) => !(LABEL.image in Labels));
  for (const image of bases) if (await isUnused(docker, image, report, options)) await remove(docker, image, report);
}

/** Asked anew before each: a run may have begun since the last. */
async function isUnused(
  docker: Docker,
  image: ImageInfo,
  report: SweepReport,
  { signal, images, ownLease }: ImageSweepOptions,
): Promise<boolean> {
  if (tagsOf(image).length === 0) return true;
  const user = await userOfImages(docker, { signal, exceptLease: images === true ? undefined : ownLease });
  if (user !== null) report.kept.push(`${titleOf(image)}: ${user}`);
  return user === null;
}

function list(docker: Docker, label: string, signal: AbortSignal | undefined): Promise<ImageInfo[]> {
  return engineCall('Listing the images that Cleave built', LIMIT_MS.ask, signal, (abortSignal) =>
    docker.listImages({ filters: { label: [label] }, abortSignal }),
  );
}

/** Images of versions that knew no owners are nobody's: they were made before this program started. */
async function isNobodys(image: ImageInfo, report: SweepReport, options: SweepOptions): Promise<boolean> {
  const { [LABEL.imageOwner]: owner, [LABEL.imageLease]: lease = '' } = image.Labels;
  if (owner === undefined) return tagsOf(image).length > 0;
  const title = titleOf(image);
  const createdMs = image.Created * 1000;
  const why = 'the Cleave that built it is running';
  return mayGo({ key: `image ${image.Id}`, title, createdMs, owner, lease, why }, report, options);
}

async function remove(docker: Docker, image: ImageInfo, report: SweepReport): Promise<void> {
  const tags = tagsOf(image);
  try {
    // By its names, and never by force: one that somebody else has given another name stays under that.
    for (const reference of tags.length > 0 ? tags : [image.Id]) {
      await engineCall(`Removing the ${titleOf(image)}`, LIMIT_MS.change, undefined, (abortSignal) =>
        docker.getImage(reference).remove({ abortSignal }),
      );
    }
    report.removed.push(titleOf(image));
  } catch (error) {
    const status = statusOf(error);
    // Two removals at once get in each other's way with more than one kind of answer.
    if (status === 404 || !(await isThere(docker, image))) return;
    // A container runs from it, or another image is built on it.
    if (status === 409) report.kept.push(`${titleOf(image)}: a container or another image uses it`);
    else report.failed.push(error instanceof Error ? error.message : String(error));
  }
}

async function isThere(docker: Docker, { Id }: ImageInfo): Promise<boolean> {
  try {
    await engineCall('Looking for an image', LIMIT_MS.ask, undefined, (abortSignal) =>
      docker.getImage(Id).inspect(withSignal({}, abortSignal)),
    );
    return true;
  } catch (error) {
    return statusOf(error) !== 404;
  }
}

function tagsOf({ RepoTags }: ImageInfo): string[] {
  // Some engines say null and some this.
  return (RepoTags ?? []).filter((tag) => tag !== '<none>:<none>');
}

function titleOf(image: ImageInfo): string {
  return `image ${tagsOf(image)[0] ?? image.Id.replace(/^sha256:/, '').slice(0, 12)}`;
}
