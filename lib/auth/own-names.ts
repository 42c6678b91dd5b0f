import { hostname } from 'node:os';
import { isAddress } from './networks';

/** Under which names this server answers where nobody has to sign in. */
export type OwnNames = {
  /** What it listens on: an address or a name. */
  listensOn: string | undefined;
  /** Further names; `*` allows any. */
  allowed: string[];
};

/**
 * Returns whether a Host header names this machine. A page of another site can have its own name point to this machine
 * (DNS rebinding): then the browser takes that page and this server for one site, and only the name shows the difference.
 * An address can't be made to point elsewhere.
 */
export function openOwnNames({ listensOn, allowed }: OwnNames): (host: string) => boolean {
  const names = new Set(['localhost', hostname(), listensOn ?? '', ...allowed].map(plainName));
  names.delete('');
  if (names.has('*')) return () => true;
  return (host) => {
    const bracketed = /^\[([^\]]+)\](?::\d*)?$/.exec(host.trim())?.[1];
    if (bracketed !== undefined) return isAddress(bracketed);
    const name = plainName(host);
    return names.has(name) || isAddress(name);
  };
}

/** Without port and the dot of the root. */
const plainName = (host: string): string => host.trim().toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
