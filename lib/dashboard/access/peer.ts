import 'server-only';
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { plainAddress } from '@/lib/auth/networks';
import { processWide } from '@/lib/process-wide';

/**
 * The address a request really came from. The request hook seals it with a secret that only this process knows and
 * overwrites whatever a client sent in this header, so that no client can forge it.
 */
export const PEER_HEADER = 'x-watcher-visio-peer';

const seal = () => processWide('peer-seal', () => randomBytes(24).toString('base64url'));

export const sealPeer = (address: string): string => `${seal()} ${address}`;

/** The address of the other end of the connection; null if the request did not pass the request hook. */
export function readPeer(header: string | null): string | null {
  const [given = '', address = ''] = (header ?? '').split(' ');
  const expected = Buffer.from(seal());
  const got = Buffer.from(given);
  if (got.length !== expected.length || !timingSafeEqual(got, expected) || address === '') return null;
  return plainAddress(address);
}
