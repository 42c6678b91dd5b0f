import { beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/ask';
import { type Product, startProduct } from './support/product';

/** A page whose name turns to 127.0.0.1 is same-origin with this server for the browser: only the name shows the difference. */

let product: Product;
beforeAll(async () => {
  product = await startProduct({
    USE_MOCK_DATA: 'true',
    MOCK_HOSTS: '2',
    MOCK_SERVERS: '4',
    ALLOWED_HOSTS: 'visio.example',
  });
});

const statusFor = async (headers: Record<string, string>, path = '/api/v1/hosts/') =>
  (await ask(product.port, path, { headers })).status;

describe('S8: with AUTH=none', () => {
  it.each([
    'evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '2130706433.evil.example',
  ])('a request for %s is 421, whatever it asks for', async (host) => {
    for (const path of ['/api/v1/hosts/', '/api/stats/', '/', '/hosts/', '/api/metrics/', '/icon.svg'])
      expect(await statusFor({ host }, path), path).toBe(421);
  });

  it('a request that a proxy got under a foreign name is 421', async () => {
    expect(await statusFor({ host: 'localhost', 'x-forwarded-host': 'evil.example' })).toBe(421);
  });

  it.each(['localhost', 'LOCALHOST:3000', '127.0.0.1:3000', '[::1]:3000', 'visio.example'])(
    'a request for %s is answered',
    async (host) => {
      expect(await statusFor({ host }, '/api/source-status/')).toBe(200);
    },
  );

  it('health checks are answered under any name', async () => {
    expect(await statusFor({ host: 'evil.example' }, '/api/health/live/')).toBe(200);
  });
});
