import { runEndToEnd } from './testing/end-to-end.ts';

process.exitCode = await runEndToEnd(process.argv.slice(2));
