import { beforeAll, describe, expect, it } from 'vitest';
import { ask, sendText, signInForm } from './support/ask';
import { type Product, SECRET, startProduct } from './support/product';
import { openSlowClients } from './support/slow-client';

/** Before sign-in, nobody can make the server hold more than a few kilobytes, or keep a connection by being slow. */

const MB = 1_000_000;
const TEN_MB = 10_485_760;
const CONNECTIONS = 200;

let product: Product;
beforeAll(async () => {
  product = await startProduct({
    USE_MOCK_DATA: 'true',
    MOCK_HOSTS: '6',
    MOCK_SERVERS: '60',
    AUTH: 'keystone',
    AUTH_SECRET: SECRET,
  });
  await warmUp();
}, 120_000);

const head = (line: string, length: number) =>
  `${line} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`;

/** What makes memory grow once in any server: pages, refused forms, and as many connections with small bodies. */
async function warmUp(): Promise<void> {
  for (let round = 0; round < 5; round++) {
    const clients = await openSlowClients(product.port, CONNECTIONS, { head: head('POST /', 100_000), bytes: 99_000 });
    clients.close();
    for (let n = 0; n < 40; n++) {
      await ask(product.port, '/sign-in/');
      await ask(product.port, '/api/stats/');
      await ask(product.port, '/api/sign-in/', signInForm({ user: '', password: 'x' }));
    }
  }
}

/** The largest growth of the memory while `work` runs and for a second after it, in bytes. */
async function growthDuring(work: () => Promise<{ close(): void }>): Promise<number> {
  const before = product.memory();
  product.forgetPeak();
  const clients = await work();
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  clients.close();
  return product.peakMemory() - before;
}

describe('S2: memory', () => {
  it.each([
    ['200 bodies of ten megabytes to a page', 'POST /', TEN_MB, TEN_MB - 1_000_000],
    ['200 bodies of ten megabytes to the sign-in page', 'POST /sign-in/', TEN_MB, TEN_MB - 1_000_000],
    ['200 bodies of ten megabytes to the form of the sign-in', 'POST /api/sign-in/', TEN_MB, TEN_MB - 1_000_000],
    ['200 forms that stop in the middle', 'POST /api/sign-in/', 8_000, 4_000],
  ])(
    'grows by less than 20 MB with %s',
    async (what, line, length, bytes) => {
      const before = product.memory();
      const growth = await growthDuring(() =>
        openSlowClients(product.port, CONNECTIONS, { head: head(line, length), bytes }),
      );
      console.log(`${what}: RSS ${Math.round(before / MB)} MB, then ${(growth / MB).toFixed(1)} MB more at most`);
      expect(growth).toBeLessThan(20 * MB);
    },
    120_000,
  );
});

describe('S2: a body that nobody asked for', () => {
  it.each(['/', '/hosts/', '/sign-in/', '/icon.svg', '/api/stats/'])(
    'is refused before it arrives, and the connection closed: POST %s',
    async (path) => {
      const { text, closed } = await sendText(product.port, head(`POST ${path}`, TEN_MB) + 'x'.repeat(50_000), 10_000);
      expect(text).toMatch(/^HTTP\/1\.1 405 /);
      expect(closed).toBe(true);
    },
  );

  it.each([
    ['GET /', 413],
    ['POST /api/sign-in/', 413],
  ])('is 413 where the method has none or it is too long: %s', async (line, status) => {
    const { text } = await sendText(product.port, head(line, TEN_MB), 10_000);
    expect(text.slice(0, 12)).toBe(`HTTP/1.1 ${status}`);
  });
});

describe.concurrent('S2: a slow connection', () => {
  it('is closed after 25 s when its headers do not end', async () => {
    const { closed } = await sendText(product.port, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ', 25_000);
    expect(closed).toBe(true);
  });

  it('is closed after 40 s when its form does not end', async () => {
    const { closed } = await sendText(product.port, `${head('POST /api/sign-in/', 100)}user=`, 40_000);
    expect(closed).toBe(true);
  });
});
