import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll } from 'vitest';

/**
 * A stand-in for a service that signs people in, with the addresses and headers of oauth2-proxy. Its login is a page that signs
 * in whoever its `user` parameter names.
 */
export async function openIdentityService(): Promise<{ port: number }> {
  const people = new Map<string, string>();

  function answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const { pathname, searchParams } = new URL(url, 'http://identity');
    const [, id = ''] = /(?:^|; )_identity=([^;]*)/.exec(headers.cookie ?? '') ?? [];
    const redirect = (location: string, more: Record<string, string> = {}) =>
      response.writeHead(302, { location, ...more }).end();
    if (pathname === '/oauth2/auth') {
      const person = people.get(id);
      response.writeHead(person ? 202 : 401, person ? { 'x-auth-request-user': person } : {}).end();
    } else if (pathname === '/oauth2/login') {
      const made = randomUUID();
      people.set(made, searchParams.get('user') ?? '');
      redirect(searchParams.get('rd') ?? '/', { 'set-cookie': `_identity=${made}; Path=/; HttpOnly; Secure` });
    } else if (pathname === '/oauth2/sign_out') {
      people.delete(id);
      redirect('/');
    } else {
      const wanted = String(headers['x-auth-request-redirect'] ?? '/');
      redirect(`/oauth2/login?rd=${encodeURIComponent(wanted)}`);
    }
  }

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port };
}
