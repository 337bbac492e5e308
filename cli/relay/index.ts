import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { bundleOwnProgram } from '../../engine/languages/index.ts';
import type { CompanionProcess } from '../../engine/runtime/index.ts';
import { Connections } from './connections.ts';
import { readMessages, writeMessage } from './lines.ts';
import { newsSchema, type Order } from './messages.ts';

/** The relay as one self-contained ECMAScript module. Throws the bundler's error. */
export function relayProgram(): Promise<Uint8Array> {
  return bundleOwnProgram(join(import.meta.dirname, 'program.ts'));
}

/** Ways from this machine's loopback to addresses on a site's own network, over the streams of a program that is there: nothing is published. */
export class Relay {
  readonly #companion: Pick<CompanionProcess, 'stdin' | 'stdout' | 'stderr'>;
  readonly #servers = new Set<Server>();
  readonly #connections: Connections;
  #ids = 0;

  constructor(companion: Pick<CompanionProcess, 'stdin' | 'stdout' | 'stderr'>) {
    this.#companion = companion;
    this.#connections = new Connections((news) => this.#tell(news));
    companion.stdin.on('error', () => undefined);
    companion.stderr.resume();
    void readMessages(companion.stdout, newsSchema, (news) => this.#connections.take(news)).then(() =>
      this.#connections.close(),
    );
  }

  /** A port of 127.0.0.1 that leads to this one of the site; gives its address. */
  async way({ hostname, port }: URL): Promise<string> {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      const id = this.#ids++;
      this.#tell({ type: 'open', id, host: hostname, port: Number(port) });
      this.#connections.add(id, socket);
    });
    this.#servers.add(server);
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('a port of 127.0.0.1 has no number');
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#connections.close();
    await Promise.all([...this.#servers].map((server) => new Promise((resolve) => server.close(resolve))));
  }

  #tell(order: Order): void {
    writeMessage(this.#companion.stdin, order);
  }
}
