import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import type { DatabaseServer } from '../../configuration.ts';
import { freePorts } from '../free-ports.ts';
import { notRoot, runnable, type Binaries } from './binaries.ts';

// For tests only.

const user = 'tester';
const password = 'a password of tests';
const startLimitMs = 30_000;
/** A server for tests need not survive the loss of the machine; its own end it does. */
const careless = [
  'deadlock_timeout=50ms',
  'fsync=off',
  'full_page_writes=off',
  'max_connections=100',
  'shared_buffers=16MB',
];

/** A private server with its data in a folder of its own, listening on 127.0.0.1. */
export class TestServer {
  readonly #directory: string;
  readonly #binaries: Binaries;
  readonly #port: number;
  #child: ChildProcess | undefined;
  #made = 0;

  private constructor(directory: string, binaries: Binaries, port: number) {
    this.#directory = directory;
    this.#binaries = binaries;
    this.#port = port;
  }

  /** About a second, most of it for the files of a new server. */
  static async start(found: Binaries): Promise<TestServer> {
    const directory = mkdtempSync(join(tmpdir(), 'kit-postgres-'));
    const [port = 0] = await freePorts(1);
    if (notRoot.uid !== undefined) chownSync(directory, notRoot.uid, notRoot.gid);
    try {
      const binaries = runnable(found, directory);
      const secret = join(directory, 'password');
      writeFileSync(secret, password);
      const options = [
        '--encoding=UTF8',
        '--locale=C',
        '--auth=scram-sha-256',
        '--wal-segsize=1',
        '--no-sync',
        '--no-instructions',
      ];
      const data = ['--pgdata', join(directory, 'data'), '--username', user, '--pwfile', secret];
      await promisify(execFile)(binaries.initdb, [...options, ...data], {
        cwd: directory,
        env: { LC_ALL: 'C' },
        ...notRoot,
      });
      const server = new TestServer(directory, binaries, port);
      await server.start();
      return server;
    } catch (error) {
      rmSync(directory, { recursive: true, force: true });
      throw error;
    }
  }

  /** Starts it again after `kill` or `stop`; resolves when it answers. */
  async start(): Promise<void> {
    const settings = [
      ...careless,
      `port=${this.#port}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${this.#directory}`,
    ];
    const server = ['-D', join(this.#directory, 'data'), ...settings.flatMap((setting) => ['-c', setting])];
    // It ends with this process, however that ends.
    const bound = spawnSync('setpriv', ['--version']).status === 0;
    const [command = '', ...words] = [
      ...(bound ? ['setpriv', '--pdeathsig', 'QUIT'] : []),
      this.#binaries.postgres,
      ...server,
    ];
    const child = spawn(command, words, {
      cwd: this.#directory,
      env: { LC_ALL: 'C', ...(process.env['PATH'] === undefined ? {} : { PATH: process.env['PATH'] }) },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...notRoot,
    });
    this.#child = child;
    let told = '';
    child.stderr.on('data', (text: Buffer) => {
      told = (told + text.toString()).slice(-4000);
    });
    const endAt = performance.now() + startLimitMs;
    while (!(await this.#answers())) {
      if (child.exitCode !== null || performance.now() >= endAt)
        throw new Error(`the server does not answer:\n${told}`);
      await delay(10);
    }
  }

  /** A new database: empty, or like `template`, which nobody may be connected to. */
  async create(template?: DatabaseServer): Promise<DatabaseServer> {
    const name = `test_${++this.#made}`;
    await this.#administer(`CREATE DATABASE ${name} TEMPLATE ${template?.name ?? 'template0'} STRATEGY WAL_LOG`);
    return { ...this.#address('postgres'), name };
  }

  /** Every connection is lost at once, and there will be no more. */
  kill(): Promise<void> {
    return this.#signal('SIGQUIT');
  }

  /** Statements and commits are undone, connections told so. */
  shutDown(): Promise<void> {
    return this.#signal('SIGINT');
  }

  /** It hangs: connections are accepted and nothing is answered. */
  async whileHanging(work: () => Promise<void>): Promise<void> {
    const pids = await this.#pids();
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    try {
      await work();
    } finally {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    }
  }

  /** Runs SQL beside the tests, in that database; the rows. */
  async query(database: DatabaseServer, sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ ...database, database: database.name });
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  #address(name: string): DatabaseServer {
    return { host: '127.0.0.1', port: this.#port, user, password, name, connections: 4 };
  }

  async #administer(sql: string): Promise<Record<string, unknown>[]> {
    return this.query(this.#address('postgres'), sql);
  }

  async #pids(): Promise<number[]> {
    const rows = await this.#administer(
      "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()",
    );
    return [this.#child?.pid ?? 0, ...rows.map(({ pid }) => Number(pid))];
  }

  async #answers(): Promise<boolean> {
    try {
      await this.#administer('SELECT 1');
      return true;
    } catch {
      return false;
    }
  }

  async #signal(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => {
      child.once('exit', resolve);
    });
    child.kill(signal);
    await ended;
  }
}
