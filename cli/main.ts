import { isAnyQuestionStuck } from '../engine/files/index.ts';
import { endInTime } from './end-in-time.ts';
import { runCli } from './program.ts';
import { interruptWithoutReader } from './signals.ts';

interruptWithoutReader();
process.exitCode = await runCli(process.argv);
// Node would wait for a file system that does not answer, also in `process.exit`; everything has been said and removed.
if (isAnyQuestionStuck()) process.kill(process.pid, 'SIGKILL');
else endInTime();
