import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { pack, type Pack } from 'tar-stream';
import { EngineError, sentenceOf } from '../errors.ts';
import { LABEL } from '../labels.ts';
import { whileMoving } from '../moving.ts';
import type { Artifact } from '../types.ts';
import { SCRATCH, type Below } from './below.ts';
import { LIMIT_MS, STILL_MS, engineCall, statusOf } from './call.ts';
import { labelsOf } from './image-labels.ts';
import { readProgress } from './progress.ts';
import { withSignal } from './signalled.ts';
import { whileAnswering } from './while-answering.ts';

/** Where the files of an image lie. */
export const APP_DIRECTORY = '/app';

/** Files of an image, by path under `APP_DIRECTORY`. */
export interface ImageSource {
  /** Shown in messages. */
  title: string;
  /** Repository and tag without a registry. */
  reference: string;
  files: Record<string, Uint8Array>;
  /** Writes what else lies in the image; `root/` is its root. */
  more?: (archive: Pack) => Promise<void>;
  /** What a container of it runs. */
  command: string[];
}

export interface BuildOptions {
  fresh: boolean;
  /** Say whose it is while it has no name yet, from the first step on. */
  labels: Record<string, string>;
  signal?: AbortSignal;
  onProgress?: (text: string) => void;
}

/** The tag says base and content: the same tag is always the same image. */
export function imageReference(kind: string, hash: string, base: Below): string {
  const tag = createHash('sha256').update(`${base.id}\n${hash}\n${DOCKERFILE_VERSION}`).digest('hex').slice(0, 24);
  return `cleave/${kind}:${tag}`;
}

/** The engine is seen to take what it is sent in pieces of this size. */
const PIECE_BYTES = 2 ** 20;

/** Goes into the tag; one up whenever what is written around the files changes. */
const DOCKERFILE_VERSION = 2;

/** Finds the image or builds it with the engine's classic builder, which every engine has. An image that has only the name of it is not it: the name goes to what is built. */
export async function ensureImage(
  docker: Docker,
  base: Below,
  source: ImageSource,
  options: BuildOptions,
): Promise<Omit<Artifact, 'unit'>> {
  let startedMs = performance.now();
  const existing = await findImage(docker, source.reference, options.signal);
  const own = existing?.labels[LABEL.image] === source.reference;
  if (existing && own && !options.fresh) return describe(source, base, existing, startedMs, 'warm');
  const lookedMs = performance.now();
  await assertBase(docker, base, source, options.signal);
  // Looking is no part of building.
  startedMs += performance.now() - lookedMs;
  await build(docker, base, source, options);
  const built = await findImage(docker, source.reference, options.signal);
  if (!built)
    throw new EngineError('image-build', `Building the image of "${source.title}": the engine lost it right after`);
  const artifact = describe(source, base, built, startedMs, 'cold');
  if (existing && own && existing.Id !== built.Id) {
    // The old image lost its tag to the new one. A container may still run from it, a sweep may be removing it this very moment, and the engine may
    // have better things to do: what stays goes with the next sweep.
    await engineCall(`Removing the old image of "${source.title}"`, LIMIT_MS.tidy, options.signal, (abortSignal) =>
      docker.getImage(existing.Id).remove({ abortSignal }),
    ).catch(() => options.signal?.throwIfAborted());
  }
  return artifact;
}

function describe(
  source: ImageSource,
  base: Below,
  image: FoundImage,
  startedMs: number,
  kind: Artifact['kind'],
): Omit<Artifact, 'unit'> {
  return {
    reference: source.reference,
    totalBytes: image.Size,
    addedBytes: Math.max(0, image.Size - base.sizeBytes),
    buildMs: performance.now() - startedMs,
    kind,
  };
}

interface FoundImage {
  Id: string;
  Size: number;
  labels: Readonly<Record<string, string>>;
}

export async function findImage(
  docker: Docker,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<FoundImage | undefined> {
  try {
    const found = await engineCall(`Looking for the image ${reference}`, LIMIT_MS.ask, signal, (abortSignal) =>
      docker.getImage(reference).inspect(withSignal({}, abortSignal)),
    );
    return { Id: found.Id, Size: found.Size, labels: labelsOf(found) };
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

/** An engine that lacks it would ask a registry for it, and answer with what that says. */
async function assertBase(
  docker: Docker,
  base: Below,
  source: ImageSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (base === SCRATCH) return;
  const found = await findImage(docker, base.reference, signal);
  if (found?.Id === base.id) return;
  throw new EngineError(
    'image-build',
    `Building the image of "${source.title}": somebody ${found ? 'replaced' : 'removed'} the base image ${base.reference} on the engine since this run began`,
    { nextStep: 'Start again: Cleave looks for the base image then, and makes it if there is none.' },
  );
}

async function build(docker: Docker, base: Below, source: ImageSource, options: BuildOptions): Promise<void> {
  const what = `Building the image of "${source.title}"`;
  const context = await contextTar(base, source, options.labels);
  const output: string[] = [];
  const run = async (abortSignal: AbortSignal, moved: () => void): Promise<void> => {
    const stream = await docker.buildImage(Readable.from(piecesOf(context, moved)), {
      t: source.reference,
      nocache: options.fresh,
      rm: true,
      forcerm: true,
      abortSignal,
    });
    await readProgress(stream, (words) => {
      moved();
      if (words === '') return;
      output.push(words);
      options.onProgress?.(words);
    });
  };
  await engineCall(what, LIMIT_MS.build, options.signal, (abortSignal) =>
    whileAnswering(docker, abortSignal, (signal) => whileMoving(what, STILL_MS, signal, run)),
  ).catch((error: unknown) => {
    options.signal?.throwIfAborted();
    if (error instanceof EngineError && error.kind !== 'engine') throw error;
    const tail = output.slice(-3).join(' / ');
    throw new EngineError(
      'image-build',
      `${sentenceOf(error)}${tail === '' ? '' : ` (the builder's last words: ${tail})`}`,
      { cause: error },
    );
  });
}

/** Piece by piece, so that it shows that the engine takes it. */
function* piecesOf(context: Buffer, taken: () => void): Generator<Buffer> {
  for (let at = 0; at < context.length; at += PIECE_BYTES) {
    taken();
    yield context.subarray(at, at + PIECE_BYTES);
  }
}

/**
 * `FROM base`, one LABEL, one COPY, one CMD: each step of the classic builder costs time, and what is cut off carries the labels of the steps before.
 * The folder `root/` holds /app and an empty /data owned by the
 * ordinary user, from which a new volume takes its owner.
 */
async function contextTar(base: Below, source: ImageSource, owned: Record<string, string>): Promise<Buffer> {
  const archive = pack();
  const labels = { ...owned, [LABEL.image]: source.reference };
  const dockerfile = [
    'FROM ' + base.reference,
    `LABEL ${Object.entries(labels)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(' ')}`,
    'COPY --chown=1000:1000 root/ /',
    `CMD ${JSON.stringify(source.command)}`,
    '',
  ].join('\n');
  // Fixed times: the same files make the same layer and hit the builder's cache.
  const entry = (name: string, body: Uint8Array, mode = 0o644): void =>
    void archive.entry({ name, mtime: new Date(0), mode }, Buffer.from(body));
  const folder = (name: string): void =>
    void archive.entry({ name, type: 'directory', mtime: new Date(0), mode: 0o755 });
  entry('Dockerfile', Buffer.from(dockerfile));
  for (const name of ['root', 'root/app', 'root/data']) folder(name);
  for (const [name, body] of Object.entries(source.files))
    entry(`root${APP_DIRECTORY}/${name}`, body, source.command[0] === `${APP_DIRECTORY}/${name}` ? 0o755 : 0o644);
  const writing = (source.more?.(archive) ?? Promise.resolve()).then(
    () => archive.finalize(),
    (error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))),
  );
  const chunks: Buffer[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
  await writing;
  return Buffer.concat(chunks);
}
