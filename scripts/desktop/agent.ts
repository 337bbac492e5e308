import { access } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';

/** Bundles the program that stands beside the application into out/lab/agent.mjs. */
export async function buildAgent(root: string): Promise<void> {
  const entry = path.join(root, 'engine', 'agent', 'program.ts');
  await access(entry);
  await build({
    entryPoints: [entry],
    outfile: path.join(root, 'out', 'lab', 'agent.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'warning',
    banner: {
      js: "import { createRequire as cleaveRequire } from 'node:module'; const require = cleaveRequire(import.meta.url);",
    },
  });
}
