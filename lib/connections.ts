import { Agent, type Dispatcher, ProxyAgent, fetch as undiciFetch } from 'undici';
import { openProxies, type Proxies } from './proxies';
import { takeCredentials } from './url-credentials';

/** PEM texts, not paths. `verify: false` accepts any certificate. */
export type Tls = { ca?: string; cert?: string; key?: string; verify?: boolean };

type FetchInit = {
  method: string;
  headers: Record<string, string>;
  body: string | undefined;
  redirect: 'manual';
  cache: 'no-store';
  signal: AbortSignal;
};
export type FetchResponse = { status: number; headers: Headers; body: ReadableStream<Uint8Array> | null };

export type Connections = {
  fetch(url: string, init: FetchInit): Promise<FetchResponse>;
  /** Whether a request to this address goes through a proxy. */
  isProxied(url: string): boolean;
};

/**
 * The connections to one service. Node's fetch has no option for a CA, a client certificate, `verify: false` or a proxy;
 * undici's, with a dispatcher, does.
 */
export function openConnections(tls: Tls = {}, proxies: Proxies | null = null): Connections {
  const isPlain = tls.ca === undefined && tls.cert === undefined && tls.verify !== false;
  const connect = isPlain
    ? undefined
    : { ca: tls.ca, cert: tls.cert, key: tls.key, rejectUnauthorized: tls.verify !== false };
  const direct = connect && new Agent({ connect });
  const proxyFor = proxies === null ? () => null : openProxies(proxies);
  /** By proxy and scheme: only http may be asked for without a tunnel, and proxies often allow no tunnel to its ports. */
  const proxied = new Map<string, Dispatcher>();

  function dispatcherFor(address: URL): Dispatcher | undefined {
    const proxy = proxyFor(address);
    if (proxy === null) return direct;
    const { protocol } = address;
    const known = proxied.get(`${protocol} ${proxy}`);
    if (known) return known;
    const { url, authorization } = takeCredentials(proxy);
    const opened = new ProxyAgent({
      uri: url,
      token: authorization ?? undefined,
      requestTls: connect,
      proxyTls: connect && { ca: connect.ca, rejectUnauthorized: connect.rejectUnauthorized },
      proxyTunnel: protocol === 'https:',
    });
    proxied.set(`${protocol} ${proxy}`, opened);
    return opened;
  }

  return {
    isProxied: (url) => proxyFor(new URL(url)) !== null,
    async fetch(url, init) {
      const dispatcher = dispatcherFor(new URL(url));
      if (dispatcher === undefined) return fetch(url, init);
      const response = await undiciFetch(url, { ...init, dispatcher });
      // undici's and the DOM's types for the same stream differ.
      return new Response(response.body as ReadableStream<Uint8Array> | null, {
        status: response.status,
        headers: [...response.headers],
      });
    },
  };
}
