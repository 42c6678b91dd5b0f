import 'server-only';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { processWide } from '@/lib/process-wide';

/**
 * The address a request really came from, which no header from outside can claim: the door seals it with a secret that
 * only this process knows, and overwrites whatever a client sent under this name.
 */
export const PEER_HEADER = 'x-watcher-visio-peer';

const seal = () => processWide('peer-seal', () => randomBytes(24).toString('base64url'));

export const sealPeer = (address: string): string => `${seal()} ${address}`;

/** The address of the other end of the connection; null where the request did not come through the door. */
export function readPeer(header: string | null): string | null {
  const [given = '', address = ''] = (header ?? '').split(' ');
  const wanted = Buffer.from(seal());
  const got = Buffer.from(given);
  if (got.length !== wanted.length || !timingSafeEqual(got, wanted) || address === '') return null;
  // IPv4 seen through an IPv6 socket.
  return address.replace(/^::ffff:(?=\d+\.)/, '');
}
