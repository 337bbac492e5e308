import { createHash } from 'node:crypto';
import type { Architecture } from './architecture.ts';
import type { LayoutEntry } from './layout.ts';

/** Label that marks an assembled base image; its value is the recipe's hash. */
export const RECIPE_LABEL = 'cleave.base-image';

/** User and group that units run as; the same numbers as in the official images. */
export const USER_ID = 1000;

/** Where an assembled image gets its files from. */
export interface Ingredients {
  architecture: Architecture;
  /** For temporary files. */
  folder: string;
  /** Root of the unpacked Debian packages; null where there is no apt. */
  packages: string | null;
  signal: AbortSignal | undefined;
}

/** How the image is made that units of one kind stand on. */
export interface BaseRecipe {
  /** What is in it, for people. */
  title: string;
  /** Of what is in it, without a leading `v`. */
  version: string;
  /** The image taken where an image registry answers, pinned. */
  official: string;
  /** First part of the tag of an assembled one. */
  tag: string;
  /** Debian packages that are unpacked for it. */
  packages: readonly string[];
  /** Shared libraries to put into it. The loader comes besides. */
  libraries: readonly string[];
  /** Needed on some architectures only. */
  optionalLibraries: readonly string[];
  /** Configuration of the image, in the form in which the engine's import takes it. */
  configuration: readonly string[];
  /** What is in it beside libraries and the files that all have. Throws an Error saying what is missing. */
  programs(ingredients: Ingredients): Promise<LayoutEntry[]>;
  /** One up whenever `programs` gives something else. */
  revision: number;
}

/** Small text files of every assembled image, by absolute path. */
export const TEXT_FILES: Readonly<Record<string, string>> = {
  '/etc/passwd': [
    'root:x:0:0:root:/root:/sbin/nologin',
    `node:x:${USER_ID}:${USER_ID}:node:/home/node:/sbin/nologin`,
    'nobody:x:65534:65534:nobody:/nonexistent:/sbin/nologin',
    '',
  ].join('\n'),
  '/etc/group': ['root:x:0:', `node:x:${USER_ID}:`, 'nogroup:x:65534:', ''].join('\n'),
  '/etc/nsswitch.conf': ['passwd: files', 'group: files', 'hosts: files dns', ''].join('\n'),
};

/** Folders of every assembled image that must exist, with mode and owner. */
export const FOLDERS: readonly { path: string; mode: number; owner: number }[] = [
  { path: '/tmp', mode: 0o1777, owner: 0 },
  { path: '/root', mode: 0o700, owner: 0 },
  { path: '/home/node', mode: 0o755, owner: USER_ID },
];

/** Hash of everything that decides what an assembled image holds, except the exact builds of what is in the packages. Pure. */
export function recipeHash(recipe: BaseRecipe, architecture: Architecture): string {
  // Functions are left out of JSON; `revision` stands for what they do.
  return createHash('sha256')
    .update(JSON.stringify({ recipe, architecture, TEXT_FILES, FOLDERS }))
    .digest('hex')
    .slice(0, 12);
}

/** Repository and tag of the image assembled by a recipe. */
export function recipeTag(recipe: BaseRecipe, architecture: Architecture): { repo: string; tag: string } {
  return { repo: 'cleave-base', tag: `${recipe.tag}-${recipe.version}-${recipeHash(recipe, architecture)}` };
}

/** Image configuration of an assembled image, in the form in which the engine's import takes it. */
export function imageConfiguration(recipe: BaseRecipe, architecture: Architecture): string[] {
  return [
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    `LABEL ${RECIPE_LABEL}=${recipeHash(recipe, architecture)}`,
    ...recipe.configuration,
  ];
}
