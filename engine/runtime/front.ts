import net from 'node:net';
import { EngineError } from './errors.ts';
import { portTaken } from './ports.ts';

/**
 * A loopback port that leads people to the instances of the entry unit, whichever they are at the time: it stays while instances are replaced. Nothing that is measured goes
 * through it.
 */
export class Front {
  readonly #open = new Set<net.Socket>();
  #listening: Promise<{ server: net.Server; url: string }> | null = null;
  #targets: readonly number[] = [];
  #turn = 0;

  /** Where it is, listening from now on: on that port, 0 for any; the first wish holds. Throws `EngineError` kind `port-taken`. */
  async at(wanted: number): Promise<string> {
    this.#listening ??= this.#listen(wanted);
    try {
      return (await this.#listening).url;
    } catch (error) {
      this.#listening = null;
      throw error;
    }
  }

  /** New connections lead to these loopback ports in turn; those that are there stay. */
  lead(ports: readonly number[]): void {
    this.#targets = ports;
  }

  async close(): Promise<void> {
    const listening = await this.#listening?.catch(() => null);
    this.#listening = null;
    if (!listening) return;
    await new Promise((resolve) => {
      listening.server.close(resolve);
      for (const socket of this.#open) socket.destroy();
    });
  }

  async #listen(wanted: number): Promise<{ server: net.Server; url: string }> {
    const server = net.createServer({ pauseOnConnect: true }, (client) => this.#join(client));
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(portTaken(wanted, error)));
      server.listen({ host: '127.0.0.1', port: wanted, exclusive: true }, resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new EngineError('engine', 'A port without a number');
    return { server, url: `http://127.0.0.1:${address.port}` };
  }

  #join(client: net.Socket): void {
    this.#keep(client);
    this.#turn += 1;
    const from = this.#turn;
    const ports = this.#targets;
    const attempt = (tried: number): void => {
      const port = ports[(from + tried) % ports.length];
      // As where nothing listens.
      if (port === undefined || tried >= ports.length || client.destroyed) {
        client.resetAndDestroy();
        return;
      }
      const target = net.connect(port, '127.0.0.1');
      this.#keep(target);
      const next = (): void => attempt(tried + 1);
      target.once('error', next);
      target.once('connect', () => {
        target.off('error', next);
        pipe(client, target);
      });
    };
    attempt(0);
  }

  #keep(socket: net.Socket): void {
    this.#open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#open.delete(socket));
  }
}

function pipe(client: net.Socket, target: net.Socket): void {
  for (const [socket, other] of [
    [client, target],
    [target, client],
  ] as const) {
    socket.on('close', () => other.destroy());
    socket.pipe(other);
  }
  if (client.destroyed) target.destroy();
}
