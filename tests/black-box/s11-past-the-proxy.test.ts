import { beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/ask';
import { type Product, SECRET, startProduct } from './support/product';

/** No path reaches a page without its policy and checks, and nobody outside says who is signed in. */

let product: Product;
beforeAll(async () => {
  product = await startProduct({ USE_MOCK_DATA: 'true', MOCK_HOSTS: '2', AUTH: 'keystone', AUTH_SECRET: SECRET });
});

const PATHS = ['/icon.svgx', '/icon.svgx/', '/favicon.icoZ/x', '/api/', '/api', '/', '/nothing/', '/_next/staticx/y'];

describe('S11: a request that names its visitor itself', () => {
  it.each(PATHS)('is nobody’s: %s', async (path) => {
    const { status, headers, body } = await ask(product.port, path, {
      headers: { 'x-visitor': 'boss', 'x-nonce': 'abc' },
    });
    expect(status).toBeLessThan(500);
    expect(body).not.toContain('boss');
    expect(body).not.toContain('nonce="abc"');
    expect(headers['content-security-policy']).toMatch(/default-src '(self|none)'/);
    expect(headers['content-security-policy']).not.toContain('abc');
  });

  it.each(PATHS)('is no error of the server, however it is written: %s', async (path) => {
    expect((await ask(product.port, path, { headers: { 'x-visitor': '%E0%A4%A' } })).status).toBeLessThan(500);
  });

  it.each(['/icon.svgx', '/favicon.icoZ/x'])(
    'is asked to sign in for a page that looks like a file: %s',
    async (path) => {
      const { status, headers } = await ask(product.port, path);
      expect([status, headers.location]).toEqual([303, `/sign-in/?next=${encodeURIComponent(path)}`]);
    },
  );
});
