/** What the launcher reads from the environment variable `CLEAVE_DATABASE` (JSON). */
export interface LauncherOrder {
  /** Folder with PostgreSQL's `bin`, `lib` and `share`. */
  programs: string;
  data: string;
  /** Arguments of the server after the data folder. */
  arguments: string[];
  role: string;
  database: string;
  password: string;
  /** As whom the server runs; null: as whoever runs the launcher. */
  user: number | null;
  /** Whether the server takes the launcher's place, so that nothing of Node is left; else it is its child. */
  replaces: boolean;
}

/**
 * Starts a server on its data folder: gives the role its password the first time, then runs the server, either in its own place or as a child that it ends with. No shell is needed.
 */
export const LAUNCHER_PROGRAM = `import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
const order = JSON.parse(process.env.CLEAVE_DATABASE);
delete process.env.CLEAVE_DATABASE;
const program = order.programs + '/bin/postgres';
const as = order.user === null ? {} : { uid: order.user, gid: order.user };
const env = { LC_ALL: 'C', PATH: process.env.PATH };
// The one server that may have run on this folder is gone, or this would not be started; its number may be another process by now.
rmSync(order.data + '/postmaster.pid', { force: true });
const mark = order.data + '/cleave.password';
if (!existsSync(mark)) {
  const { status, stderr } = spawnSync(program, ['--single', '-D', order.data, '-c', 'fsync=off', order.database], {
    ...as,
    env,
    input: 'ALTER ROLE ' + order.role + " PASSWORD '" + order.password + "';\\n",
  });
  if (status !== 0 || /(?:ERROR|FATAL|PANIC):/.test(String(stderr))) {
    process.stderr.write(String(stderr));
    process.exit(1);
  }
  writeFileSync(mark, '');
}
const parameters = ['-D', order.data, ...order.arguments];
if (order.replaces) process.execve(program, [program, ...parameters], env);
const child = spawn(program, parameters, { ...as, env, stdio: ['ignore', 'inherit', 'inherit'] });
// At once and without waiting for clients, but taking its shared memory along.
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill('SIGQUIT'));
child.on('error', (error) => {
  process.stderr.write(String(error) + '\\n');
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 1)));
`;
