import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { bundleProgram } from './cleave/bundle.ts';
import { interruptWhenShellIsGone } from './cleave/lost-parent.ts';
import { mergeRepeatedSignals } from './cleave/one-signal.ts';

// Runs the command-line interface from its sources, in this very process: a child in between would have to hand on signals,
// the terminal and the exit code.
const repository = path.resolve(import.meta.dirname, '..');
const program = path.join(repository, 'dist', 'cli', 'main.js');

try {
  await bundleProgram(path.join(repository, 'cli', 'main.ts'), program);
} catch {
  // esbuild has already said where.
  console.error('The command line could not be built from its sources.');
  process.exit(1);
}
process.setSourceMapsEnabled(true);
mergeRepeatedSignals();
interruptWhenShellIsGone();
process.argv[1] = program;
await import(pathToFileURL(program).href);
