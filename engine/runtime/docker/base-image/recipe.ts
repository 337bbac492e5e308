import { createHash } from 'node:crypto';
import type { Architecture } from './architecture.ts';

/** The Node that runs inside every unit, in both kinds of base image. */
export const NODE_VERSION = '24.21.0';

/** The image taken where an image registry answers: the official one, pinned. */
export const OFFICIAL_IMAGE = `node:${NODE_VERSION}-bookworm-slim`;

/** Label that marks an assembled base image; its value is the recipe's hash. */
export const RECIPE_LABEL = 'cleave.base-image';

/** User and group that units run as; the same numbers as in the official image. */
export const USER_ID = 1000;

/** Debian packages that hold the shared libraries which Node needs. */
export const LIBRARY_PACKAGES: readonly string[] = ['libc6', 'libgcc-s1', 'libstdc++6', 'libatomic1'];

/** Shared libraries to put into the image. The loader comes besides. libatomic is needed on some architectures only. */
export const LIBRARIES: readonly string[] = [
  'libc.so.6',
  'libm.so.6',
  'libdl.so.2',
  'libpthread.so.0',
  'librt.so.1',
  'libresolv.so.2',
  'libnss_dns.so.2',
  'libnss_files.so.2',
  'libgcc_s.so.1',
  'libstdc++.so.6',
];
export const OPTIONAL_LIBRARIES: readonly string[] = ['libatomic.so.1'];

/** Small text files of the assembled image, by absolute path. */
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

/** Folders of the assembled image that must exist, with mode and owner. */
export const FOLDERS: readonly { path: string; mode: number; owner: number }[] = [
  { path: '/tmp', mode: 0o1777, owner: 0 },
  { path: '/root', mode: 0o700, owner: 0 },
  { path: '/home/node', mode: 0o755, owner: USER_ID },
];

/** Hash of everything that decides what an assembled image holds, except the exact builds of the libraries. Pure. */
export function recipeHash(architecture: Architecture): string {
  const recipe = {
    architecture,
    NODE_VERSION,
    LIBRARY_PACKAGES,
    LIBRARIES,
    OPTIONAL_LIBRARIES,
    TEXT_FILES,
    FOLDERS,
    revision: 1,
  };
  return createHash('sha256').update(JSON.stringify(recipe)).digest('hex').slice(0, 12);
}

/** Repository and tag of the image assembled by this recipe. */
export function recipeTag(architecture: Architecture): { repo: string; tag: string } {
  return { repo: 'cleave-base', tag: `node-${NODE_VERSION}-${recipeHash(architecture)}` };
}

/** Image configuration of an assembled image, in the form in which the engine's import takes it. */
export function imageConfiguration(architecture: Architecture): string[] {
  return [
    'ENV PATH=/usr/local/bin:/usr/bin:/bin',
    `ENV NODE_VERSION=${NODE_VERSION}`,
    `LABEL ${RECIPE_LABEL}=${recipeHash(architecture)}`,
    'CMD ["node"]',
  ];
}
