import { beforeAll, describe, expect, it } from 'vitest';
import { type Product, refusedStart, SECRET, startProduct } from './support/product';
import { forgeCookie, statusWith } from './support/sessions';

const KEYSTONE = { USE_MOCK_DATA: 'true', MOCK_HOSTS: '2', MOCK_SERVERS: '4', AUTH: 'keystone' };
const HOUR_SECONDS = 3_600;

describe('S1: a secret that everyone knows', () => {
  it.each([
    ['AUTH_SECRET', 'change me to at least 32 random characters'],
    ['AUTH_SECRET', 'Ch4nge-M3_to.at.least.32.other.characters'],
    ['AUTH_SECRET', 'a'.repeat(32)],
    ['API_TOKENS', 'change-me-a-token-for-prometheus'],
  ])('stops the start with code 78: %s=%s', async (setting, secret) => {
    const { code, output } = await refusedStart({ ...KEYSTONE, AUTH_SECRET: SECRET, [setting]: secret });
    expect(code).toBe(78);
    expect(output).toContain(setting);
    expect(output).not.toContain(secret);
  });
});

describe('S1: a session', () => {
  let product: Product;
  beforeAll(async () => {
    product = await startProduct({
      ...KEYSTONE,
      AUTH_SECRET: SECRET,
      AUTH_SESSION_HOURS: '8',
      AUTH_CHECK_MINUTES: '0',
    });
  });

  it.each([
    [1, 200],
    [9, 401],
  ])('whose cookie claims ten years and was issued %i hours ago is answered with %i', async (hours, status) => {
    const now = Math.floor(Date.now() / 1_000);
    const times = { issuedAt: now - hours * HOUR_SECONDS, expiresAt: now + 87_600 * HOUR_SECONDS };
    expect(await statusWith(product.port, await forgeCookie({ name: 'root', ...times }))).toBe(status);
  });
});
