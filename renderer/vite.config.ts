import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { withoutEval } from './without-eval.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Builds the window's page into out/renderer, with relative addresses so that any origin can serve it. */
export default defineConfig({
  root: here('.'),
  base: './',
  publicDir: false,
  plugins: [react(), withoutEval],
  // The rooms that the window draws from lie beside it.
  server: { fs: { allow: [here('..')] } },
  build: {
    outDir: here('../out/renderer'),
    emptyOutDir: true,
    sourcemap: false,
    // The oldest engine that shows the window.
    target: 'chrome130',
    // A font or script as data: address would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: here('./index.html'),
      // What the first page needs is one file: each further one would be asked of the main process while that is busy with the window.
      output: { codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] } },
      // The doors of these rooms lead to much that the first page does not need; without effects only what is used comes along.
      treeshake: { moduleSideEffects: [{ test: /\/(report|engine\/model)\/[^?]*\.tsx?$/, sideEffects: false }] },
    },
    chunkSizeWarningLimit: 1500,
  },
});
