import type { Socket } from 'node:net';
import { mostBytes, type News } from './messages.ts';

/** The connections at one end of the relay, by number. What happens to one here is told, and what is told happens to it. */
export class Connections {
  readonly #sockets = new Map<number, Socket>();
  readonly #tell: (news: News) => void;

  constructor(tell: (news: News) => void) {
    this.#tell = tell;
  }

  add(id: number, socket: Socket): void {
    this.#sockets.set(id, socket);
    socket.setNoDelay(true);
    socket.on('data', (bytes: Buffer) => {
      for (let at = 0; at < bytes.length; at += mostBytes)
        this.#tell({ type: 'data', id, base64: bytes.subarray(at, at + mostBytes).toString('base64') });
    });
    socket.on('end', () => this.#tell({ type: 'end', id }));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#sockets.delete(id)) this.#tell({ type: 'close', id });
    });
  }

  take(news: News): void {
    const socket = this.#sockets.get(news.id);
    if (socket === undefined) return;
    switch (news.type) {
      case 'data':
        socket.write(Buffer.from(news.base64, 'base64'));
        return;
      case 'end':
        socket.end();
        return;
      case 'close':
        this.#sockets.delete(news.id);
        // What was written before still goes out; a connection that was cut is cut here as well.
        if (socket.writableEnded) socket.destroySoon();
        else socket.resetAndDestroy();
    }
  }

  close(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
    this.#sockets.clear();
  }
}
