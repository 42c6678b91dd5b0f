import { BlockList, isIP } from 'node:net';

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
 * The client's address: the last one in X-Forwarded-For that is not a trusted proxy's.
 *
 * @param peer the other end of the connection; X-Forwarded-For counts only if it is trusted
 */
export function clientAddress(peer: string | null, forwarded: string | null, isTrusted: (address: string) => boolean) {
  if (peer === null || !isTrusted(peer)) return peer;
  const hops = (forwarded ?? '').split(',').map((hop) => hop.trim());
  return hops.findLast((hop) => isIP(hop) !== 0 && !isTrusted(hop)) ?? peer;
}
