import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';

/** Clients that send a part of a request and then nothing more. */
export type SlowClients = { sockets: Socket[]; close(): void };

const PIECE = Buffer.alloc(256 * 1_024, 'x');
const PATIENCE_MS = 1_000;

/** @param bytes of body that each client sends before it falls silent, unless the server closes before */
export async function openSlowClients(
  port: number,
  count: number,
  { head, bytes }: { head: string; bytes: number },
): Promise<SlowClients> {
  const sockets = await Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => {});
      await once(socket, 'connect');
      socket.write(head);
      return socket;
    }),
  );
  await Promise.all(sockets.map((socket) => send(socket, bytes)));
  return { sockets, close: () => sockets.forEach((socket) => void socket.destroy()) };
}

async function send(socket: Socket, bytes: number): Promise<void> {
  for (let left = bytes; left > 0 && !socket.destroyed; left -= PIECE.length) {
    if (socket.write(PIECE.subarray(0, Math.min(left, PIECE.length)))) continue;
    // A server that neither reads nor closes keeps the rest waiting here, which is its good right.
    const patience = new AbortController();
    const isOver = ['drain', 'close'].map((event) => once(socket, event, patience).catch(() => {}));
    await Promise.race([...isOver, setTimeout(PATIENCE_MS)]);
    patience.abort();
  }
}
