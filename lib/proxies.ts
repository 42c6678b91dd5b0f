import { isNetwork, openNetworks } from './auth/networks';

/** Addresses of HTTP proxies by the scheme of what is asked for, and the hosts that are asked without one. */
export type Proxies = { http: string | null; https: string | null; bypass: string[] };

/**
 * Returns the proxy for an address; null to ask directly. As for curl and OpenStack's own tools, an entry of NO_PROXY is a host
 * with everything below it, with or without a port, an address, a network, or `*` for all.
 */
export function openProxies({ http, https, bypass }: Proxies): (url: URL) => string | null {
  const entries = bypass.map((entry) => entry.toLowerCase());
  const isListed = openNetworks(entries.map(bare).filter(isNetwork));
  const names = entries.map((entry) => {
    const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    return { host: host.replace(/^\*?\./, ''), port };
  });
  return ({ protocol, hostname, port }) => {
    const proxy = protocol === 'https:' ? https : http;
    if (proxy === null || entries.includes('*') || isListed(bare(hostname))) return null;
    const usual = protocol === 'https:' ? '443' : '80';
    const isBelow = (entry: (typeof names)[number]) =>
      (hostname === entry.host || hostname.endsWith(`.${entry.host}`)) &&
      (entry.port === undefined || entry.port === (port || usual));
    return names.some(isBelow) ? null : proxy;
  };
}

/** An IPv6 address without its brackets. */
const bare = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');
