import { fileURLToPath } from 'node:url';
import { mergeConfig } from 'vite';
import production from '../vite.config.ts';

/** The pages on their development stage as a build of its own: `vite build --config renderer/dev/stage.config.ts`, then `vite preview`. */
export default mergeConfig(production, {
  build: {
    outDir: fileURLToPath(new URL('../../test-results/stage', import.meta.url)),
    target: 'esnext',
    rolldownOptions: { input: fileURLToPath(new URL('./index.html', import.meta.url)) },
  },
});
