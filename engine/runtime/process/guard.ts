/**
 * Loaded before the program of every child process: ends the process when the pipe to its owner ends. The variable is taken out of the
 * environment at once, so that what the process starts itself is not guarded a second time on a descriptor that means something else there.
 */
export const GUARD_PROGRAM = `'use strict';
const { isMainThread } = require('node:worker_threads');
if (isMainThread && process.env.CLEAVE_GUARD === '1') {
  delete process.env.CLEAVE_GUARD;
  const { Socket } = require('node:net');
  const die = () => {
    try {
      process.kill(process.platform === 'win32' ? process.pid : -process.pid, 'SIGKILL');
    } catch {
      process.exit(137);
    }
  };
  const pipe = new Socket({ fd: 3, readable: true, writable: false });
  pipe.on('end', die);
  pipe.on('close', die);
  pipe.on('error', die);
  pipe.resume();
  pipe.unref();
}
`;
/** Descriptor of the pipe in the child: the fourth. */
export const GUARD_ENVIRONMENT = { CLEAVE_GUARD: '1' } as const;
