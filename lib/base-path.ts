/**
 * The path below which everything is, such as `/visio`; empty for the whole host. It is that of the build: the setting
 * BASE_PATH becomes part of every page then, so a server does not start with another (lib/server/startup.ts).
 */
export const BASE_PATH: string = process.env.BUILT_BASE_PATH ?? '';

/** The address of a path of ours: `/hosts/` is at `/visio/hosts/`. */
export const withBase = (path: string): string => `${BASE_PATH}${path}`;

/** Which path of ours an address is; null if it is none. */
export function withoutBase(address: string): string | null {
  if (!address.startsWith(BASE_PATH)) return null;
  const path = address.slice(BASE_PATH.length);
  if (path === '' || path.startsWith('?')) return `/${path}`;
  return path.startsWith('/') ? path : null;
}

/** The same where Next may have removed it already. */
export const ownPath = (address: string): string => withoutBase(address) ?? address;
