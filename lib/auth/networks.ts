import { BlockList, isIP, isIPv6 } from 'node:net';

export const isAddress = (text: string): boolean => isIP(text) !== 0;

/** 192.0.2.7, 192.0.2.0/24, 2001:db8::/32 */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || rest.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (version === 4 ? 32 : 128));
}

/** Returns whether an address is in any of the networks. @param networks as `isNetwork` accepts them */
export function openNetworks(networks: string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const network of networks) {
    const [address = '', prefix] = network.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 4 ? 'ipv4' : 'ipv6');
  };
}

/**
 * The client's address: the last hop in X-Forwarded-For that is not a trusted proxy's. If that is no address, it is the
 * peer: what stands further left was written by the client.
 *
 * @param peer the other end of the connection; X-Forwarded-For counts only if it is trusted
 */
export function clientAddress(peer: string | null, forwarded: string | null, isTrusted: (address: string) => boolean) {
  if (peer === null || !isTrusted(peer) || forwarded === null) return peer;
  const hops = forwarded.split(',').map(addressOfHop);
  const client = hops.findLast((hop) => hop === null || !isTrusted(hop));
  return client ?? peer;
}

/** Longer ones are no addresses. */
const LONGEST_HOP = 100;

/** The address in a hop: some proxies add the port, brackets or quotes. null if it is not an address. */
function addressOfHop(hop: string): string | null {
  const text = hop
    .slice(0, LONGEST_HOP)
    .trim()
    .replace(/^"(.*)"$/, '$1');
  const [, bracketed] = /^\[([^\]]*)\](?::\d+)?$/.exec(text) ?? [];
  const [, withPort] = /^([\d.]+):\d+$/.exec(text) ?? [];
  const address = plainAddress(bracketed ?? withPort ?? text);
  return isAddress(address) ? address : null;
}

/** IPv4 as such where an IPv6 socket shows it. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

/**
 * What one client may have at its disposal, the narrowest first: an IPv4 address, or the /64 and the /48 of an IPv6 address,
 * such as `2001:db8:0:1::/64`. Other texts are returned as they are.
 */
export function clientNetworks(address: string): [string, ...string[]] {
  const plain = plainAddress(address).replace(/%.*$/, '');
  if (!isIPv6(plain)) return [plain];
  // As RFC 5952 writes it, whatever the spelling.
  const { hostname } = new URL(`http://[${plain}]/`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  const groups = [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
  return [`${groups.slice(0, 4).join(':')}::/64`, `${groups.slice(0, 3).join(':')}::/48`];
}
