import { builtinModules } from 'node:module';
import path from 'node:path';
import type { InlineConfig } from 'vite';

// Bundled CommonJS packages ask where they are.
const banner = [
  "import { fileURLToPath as cleaveFilePath } from 'node:url';",
  'const __filename = cleaveFilePath(import.meta.url);',
  'const __dirname = import.meta.dirname;',
].join('\n');

/** How the engine host is bundled: one file that needs no node_modules, for Node 20 and later. */
export function hostConfig(root: string): InlineConfig {
  return {
    configFile: false,
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, target: 'node' },
    build: {
      ssr: true,
      target: 'node20',
      outDir: path.join(root, 'out', 'host'),
      emptyOutDir: true,
      minify: false,
      sourcemap: true,
      rolldownOptions: {
        input: path.join(root, 'electron', 'engine-host', 'index.ts'),
        // Optional native parts of the SSH client, which are tried and done without.
        external: [...builtinModules, /^node:/, 'electron', 'cpu-features', /\.node$/],
        output: { format: 'es', entryFileNames: 'index.js', codeSplitting: false, banner },
      },
    },
  };
}
