import { beforeAll, describe, expect, it } from 'vitest';
import { ask, signInForm } from './support/ask';
import { type Cloud, openCloud } from './support/cloud';
import { type Product, SECRET, startProduct } from './support/product';

/** The client's address is what the proxy in front wrote last, never what stands further left. */

let cloud: Cloud;
let product: Product;
beforeAll(async () => {
  cloud = await openCloud();
  product = await startProduct({
    ...cloud.settings,
    AUTH: 'keystone',
    AUTH_SECRET: SECRET,
    TRUSTED_PROXIES: '127.0.0.1, 10.0.0.0/8',
  });
});

/** Keystone is asked about this many of 20 guesses at one user whose left-most hop differs each time. */
async function askedOf20(user: string, lastHops: string): Promise<number> {
  for (let n = 0; n < 20; n++)
    await ask(
      product.port,
      '/api/sign-in/',
      signInForm({ user, password: 'wrong' }, { 'x-forwarded-for': `198.51.100.${n}, ${lastHops}` }),
    );
  return cloud.requests.filter(({ body }) => body.includes(`"${user}"`)).length;
}

describe('S4: one client gets five guesses at one user', () => {
  it.each([
    ['an address', '203.0.113.9'],
    ['an address with a port', '203.0.113.9:51234'],
    ['an IPv6 address in brackets with a port', '[2001:db8::9]:443'],
    ['an address in quotes', '"203.0.113.9"'],
    ['the word unknown', 'unknown'],
    ['nothing', ''],
    ['a name with trusted proxies behind it', '_hidden, 10.0.0.7, 10.0.0.8'],
    ['an address with a port, with a trusted proxy behind it', '203.0.113.9:51234, 10.0.0.7:80'],
  ])('when the last hop is %s', async (kind, lastHops) => {
    expect(await askedOf20(kind.replace(/\W/g, '-'), lastHops)).toBe(5);
  });

  it('when a peer that is no trusted proxy sends X-Forwarded-For', async () => {
    for (let n = 0; n < 20; n++)
      await ask(product.port, '/api/sign-in/', {
        ...signInForm({ user: 'direct', password: 'wrong' }, { 'x-forwarded-for': `198.51.100.${n}` }),
        from: '127.0.0.9',
      });
    expect(cloud.requests.filter(({ body }) => body.includes('"direct"')).length).toBe(5);
  });
});
