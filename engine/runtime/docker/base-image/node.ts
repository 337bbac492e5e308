import { nodeBinary } from './node-binary.ts';
import { NODE_VERSION } from './node-version.ts';
import type { BaseRecipe } from './recipe.ts';

/** What units in TypeScript, the agent and the servers of the store stand on. */
export const nodeBase: BaseRecipe = {
  ...{ title: 'Node', tag: 'node', version: NODE_VERSION, official: `node:${NODE_VERSION}-bookworm-slim` },
  packages: ['libc6', 'libgcc-s1', 'libstdc++6', 'libatomic1'],
  libraries: [
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
  ],
  optionalLibraries: ['libatomic.so.1'],
  configuration: [`ENV NODE_VERSION=${NODE_VERSION}`, 'CMD ["node"]'],
  programs: async ({ architecture, folder, signal }) => [
    { type: 'file', path: 'usr/local/bin/node', mode: 0o755, source: await nodeBinary(architecture, folder, signal) },
  ],
  revision: 1,
};
