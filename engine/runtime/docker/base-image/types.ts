import type { Architecture } from './architecture.ts';

/** `local`: it was there; `pulled`: from an image registry just now; `assembled`: made here from published packages. */
export type BaseImageOrigin = 'local' | 'pulled' | 'assembled';

/** The image that the images of units of one kind start from. What runs them is on its PATH. */
export interface BaseImage {
  /** Name to write after FROM. */
  reference: string;
  /** The engine's id of the image, `sha256:...`. */
  id: string;
  /** The registry's digest where the image came from one, else the id: the same content has the same digest. */
  digest: string;
  origin: BaseImageOrigin;
  /** What programs in it are to be built for. */
  architecture: Architecture['node'];
  /** Of what is inside, without a leading `v`. */
  version: string;
  sizeBytes: number;
}

export interface BaseImageOptions {
  signal?: AbortSignal;
  /** Told in plain words what takes time. */
  onProgress?: (text: string) => void;
  /** Folder for temporary files (up to 300 MB while assembling); made if missing, left empty. */
  workDir: string;
}
