import net from 'node:net';
import { portTaken } from '../ports.ts';

/** Leads a loopback port to another, for people who want the entry unit at a certain place; nothing measured goes through it. */
export async function forwardPort(from: number, to: number): Promise<() => Promise<void>> {
  const open = new Set<net.Socket>();
  const server = net.createServer((client) => {
    const target = net.connect(to, '127.0.0.1');
    for (const [socket, other] of [
      [client, target],
      [target, client],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portTaken(from, error)));
    server.listen({ host: '127.0.0.1', port: from, exclusive: true }, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of open) socket.destroy();
    });
}
