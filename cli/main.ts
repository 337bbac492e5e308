import { runCli } from './program.ts';
import { interruptWithoutReader } from './signals.ts';

interruptWithoutReader();
process.exitCode = await runCli(process.argv);
