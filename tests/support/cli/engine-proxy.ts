import { once } from 'node:events';
import { rmSync } from 'node:fs';
import net from 'node:net';

/** A way to a real engine that can fail as engines do. */
export interface EngineProxy {
  /** As in DOCKER_HOST. */
  address: string;
  /** From now on nothing answers, and what is open is cut. */
  die(): void;
  close(): void;
}

/** Opens a socket that leads to the engine at `dockerHost`. `refuse` maps the beginning of a request to the message it is refused with. */
export async function engineProxy(
  dockerHost: string,
  socket: string,
  refuse: { request: RegExp; message: string } | null = null,
): Promise<EngineProxy> {
  const open = new Set<net.Socket>();
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const engine = net.connect({ path: dockerHost.replace(/^unix:\/\//, ''), allowHalfOpen: true });
    for (const [from, to] of [
      [client, engine],
      [engine, client],
    ] as const) {
      open.add(from);
      from.on('error', () => to.destroy());
      from.on('close', () => {
        open.delete(from);
        to.destroy();
      });
      from.on('end', () => to.end());
    }
    let refused = false;
    engine.on('data', (data) => client.write(data));
    client.on('data', (data) => {
      if (refuse !== null && !refused && refuse.request.test(data.toString('latin1', 0, 300))) {
        refused = true;
        engine.destroy();
        engine.removeAllListeners('close');
      }
      if (!refused) engine.write(data);
      // The body is read to its end first, as an engine does.
      else if (data.toString('latin1').endsWith('0\r\n\r\n')) client.end(refusal(refuse?.message ?? ''));
    });
  });
  server.listen(socket);
  await once(server, 'listening');
  const cut = () => {
    server.close();
    rmSync(socket, { force: true });
    for (const one of open) one.destroy();
  };
  return { address: `unix://${socket}`, die: cut, close: cut };
}

function refusal(message: string): string {
  const body = JSON.stringify({ message });
  return `HTTP/1.1 500 Internal Server Error\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
