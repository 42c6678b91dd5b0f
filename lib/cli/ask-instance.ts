import { openConnections } from '@/lib/connections';
import { whyNoAnswer } from '@/lib/network-reasons';
import { NoAnswer, type Send } from './ask';
import type { Instance } from './settings';

/** Sends questions to a running instance. @param timeoutMs for one answer */
export function askInstance({ url, token, ca, proxies }: Instance, timeoutMs: number): Send {
  const connections = openConnections(ca === null ? {} : { ca }, proxies);
  return async (path) => {
    const address = `${url}${path}`;
    try {
      const response = await connections.fetch(address, {
        method: 'GET',
        headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
        body: undefined,
        redirect: 'manual',
        cache: 'no-store',
        signal: AbortSignal.timeout(timeoutMs),
      });
      const { status, headers } = response;
      return { status, headers, text: await new Response(response.body).text() };
    } catch (error) {
      const name = `Watcher Visio at ${new URL(url).host}`;
      const failed = { name, timeoutMs, isProxied: connections.isProxied(address), hasCa: ca !== null };
      throw new NoAnswer(whyNoAnswer(error, failed).sentence);
    }
  };
}
