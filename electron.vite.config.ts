import { fileURLToPath } from 'node:url';
import { defineConfig } from 'electron-vite';
// oxlint-disable-next-line cleave/arrows -- a build configuration, not a part of the room
import renderer from './renderer/vite.config.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Everything is bundled, so that the packaged program needs no node_modules; only native add-ons stay outside. */
const bundled = {
  externalizeDeps: false,
  minify: false,
  sourcemap: true,
  emptyOutDir: true,
  target: 'node20',
} as const;

export default defineConfig({
  main: {
    build: {
      ...bundled,
      outDir: here('./out/main'),
      rolldownOptions: {
        input: here('./electron/main/index.ts'),
        output: { format: 'es', entryFileNames: 'index.js', chunkFileNames: '[name].js' },
        // The model's door also leads to histograms, which only the engine computes with: half of what main would load at its start.
        treeshake: { moduleSideEffects: [{ test: /\/engine\/model\/|\/hdr-histogram-js\//, sideEffects: false }] },
      },
    },
  },
  preload: {
    build: {
      ...bundled,
      outDir: here('./out/preload'),
      rolldownOptions: {
        input: here('./electron/preload/index.ts'),
        // A sandboxed preload script must be CommonJS.
        output: { format: 'cjs', entryFileNames: 'index.cjs', codeSplitting: false },
      },
    },
  },
  renderer: { ...renderer, build: { ...renderer.build, minify: true } },
});
