import { builtinModules } from 'node:module';
import path from 'node:path';
import type { InlineConfig, Plugin } from 'vite';

// Bundled CommonJS packages ask where they are.
const banner = [
  "import { fileURLToPath as cleaveFilePath } from 'node:url';",
  'const __filename = cleaveFilePath(import.meta.url);',
  'const __dirname = import.meta.dirname;',
].join('\n');

// What the Docker client brings for SSH addresses and BuildKit sessions, neither of which the engine uses: a third of its start.
const unused = /^(ssh2|@grpc\/grpc-js|@grpc\/proto-loader)$/;

const withoutUnused: Plugin = {
  name: 'without-unused',
  enforce: 'pre',
  resolveId: (id) => (unused.test(id) ? `\0unused:${id}` : undefined),
  load: (id) => (id.startsWith('\0unused:') ? 'export const Client = undefined;' : undefined),
};

/**
 * Histograms are packed by Node's own zlib, which the package asks for by `eval`; where that fails, as in a bundle of ECMAScript modules, it takes one written in
 * JavaScript that needs several times as long for each of the thousands of histograms of a run.
 */
const zlibOfNode: Plugin = {
  name: 'zlib-of-node',
  enforce: 'pre',
  transform: {
    filter: { id: /\/hdr-histogram-js\/dist\/JsHistogram\.encoding\.js/ },
    handler: (code) => ({ code: code.replaceAll(/\beval\('(require\("zlib"\)\.\w+)'\)/g, '$1'), map: null }),
  },
};

/** How the engine host is bundled: what it starts with and what it loads later, without node_modules, for Node 20 and later. */
export function hostConfig(
  root: string,
  {
    entry = path.join(root, 'electron', 'engine-host', 'index.ts'),
    outDir = path.join(root, 'out', 'host'),
  }: { entry?: string; outDir?: string } = {},
): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    plugins: [withoutUnused, zlibOfNode],
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir,
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: entry,
        // The rooms' doors lead to much that the first answers do not need; without effects only what is used comes along, the rest later.
        treeshake: {
          moduleSideEffects: [{ test: /\/engine\/[^?]*\.ts$|\/hdr-histogram-js\//, sideEffects: false }],
        },
        external: [...builtinModules, /^node:/, 'electron', /\.node$/],
        output: {
          format: 'es',
          entryFileNames: 'index.js',
          chunkFileNames: '[name].js',
          banner,
          // Journals name their owner; the rest of the runtime, with the client of the container engine, is for later.
          codeSplitting: { groups: [{ name: 'owner', test: /\/engine\/runtime\/owner\.ts$/ }] },
        },
      },
    },
  };
}
