import { beforeAll, describe, expect, it } from 'vitest';
import { ask, signInForm } from './support/ask';
import { type Cloud, openCloud } from './support/cloud';
import { type Product, SECRET, startProduct } from './support/product';

/** How many of many guesses reach Keystone: 5 by one user and network, 30 by one user, 60 by one network. */

let cloud: Cloud;
let product: Product;
const WRONG = 'a wrong password';

beforeAll(async () => {
  cloud = await openCloud({
    instead: ({ body }) =>
      body.includes(WRONG)
        ? { status: 401, body: { error: { code: 401, message: 'No.', title: 'Unauthorized' } } }
        : undefined,
  });
  product = await startProduct({
    ...cloud.settings,
    AUTH: 'keystone',
    AUTH_SECRET: SECRET,
    TRUSTED_PROXIES: '127.0.0.1',
  });
});

type Guess = { user: string; from: string };
const AT_ONCE = 16;

/** Makes all guesses, and returns how many of those for the users that `counts` Keystone was asked about. */
async function guess(guesses: Guess[], counts: (body: string) => boolean = () => true): Promise<number> {
  const seen = cloud.requests.length;
  const waiting = [...guesses];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      await ask(
        product.port,
        '/api/sign-in/',
        signInForm({ user: next.user, password: WRONG }, { 'x-forwarded-for': next.from }),
      );
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return cloud.requests.slice(seen).filter(({ body }) => body.includes(WRONG) && counts(body)).length;
}

const times = (count: number, make: (n: number) => Guess) => Array.from({ length: count }, (_, n) => make(n));

describe('S3: Keystone is asked', () => {
  it('about 60 of 70 guesses from 70 addresses of one IPv6 /64', async () => {
    const asked = await guess(times(70, (n) => ({ user: `user-${n}`, from: `2001:db8:5:6::${(n + 1).toString(16)}` })));
    expect(asked).toBe(60);
  });

  it('about 30 of 48 guesses in twelve spellings of one user', async () => {
    const spellings = [
      'root',
      'ROOT',
      'Root',
      'róot',
      'ròot',
      'roöt',
      'rôot',
      'root\u200b',
      'ｒoot',
      'r\u0301oot',
      'rOOt',
      'rööt',
    ];
    const asked = await guess(
      times(48, (n) => ({ user: spellings[n % spellings.length] ?? '', from: `198.51.100.${n + 1}` })),
    );
    expect(asked).toBe(30);
  });

  it('about 30 of 80 guesses at one user, however many others are guessed in between', async () => {
    const isAdmin = (body: string) => body.includes('"name":"admin"');
    const atAdmin = (part: number) => times(40, (n) => ({ user: 'admin', from: `203.0.${part}.${n + 1}` }));
    const noise = times(3_400, (n) => ({ user: `nobody-${n}`, from: `10.${n >> 8}.${n & 255}.1` }));
    const first = await guess(atAdmin(1), isAdmin);
    await guess(noise);
    expect(first + (await guess(atAdmin(2), isAdmin))).toBe(30);
  }, 120_000);
});
