import { fileURLToPath } from 'node:url';
import { LOAD_PROCESS_ARGUMENT } from './load-messages.ts';
import { serveLoads } from './load-process.ts';
import { serveAgent } from './serve.ts';

// The program placed beside the application: the agent, or, started again by it, a load process.
if (process.argv.includes(LOAD_PROCESS_ARGUMENT)) serveLoads();
else {
  await serveAgent(process.stdin, process.stdout, fileURLToPath(import.meta.url));
  process.exit(0);
}
