import { beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/ask';
import { type Cloud, openCloud } from './support/cloud';
import { type Product, SECRET, startProduct } from './support/product';

let cloud: Cloud;
let product: Product;
beforeAll(async () => {
  cloud = await openCloud({
    // Questions about tokens, as a busy Keystone answers them.
    delay: ({ line, headers }) => (line.startsWith('GET ') && 'x-subject-token' in headers ? 400 : 0),
  });
  product = await startProduct({ ...cloud.settings, AUTH: 'keystone', AUTH_SECRET: SECRET });
});

/** A token of Keystone that the server has not seen. */
async function issueToken(): Promise<string> {
  const user = { name: 'visio', domain: { name: 'Default' }, password: 'simulated' };
  const answer = await fetch(`${cloud.settings.OS_AUTH_URL}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify({
      auth: {
        identity: { methods: ['password'], password: { user } },
        scope: { project: { name: 'admin', domain: { name: 'Default' } } },
      },
    }),
  });
  return answer.headers.get('x-subject-token') ?? '';
}

const look = (token: string, from?: string) =>
  ask(product.port, '/api/source-status/', { headers: { 'x-auth-token': token }, from });

describe('S5: a valid Keystone token', () => {
  it('gives access to a hundred requests at once, for one question', async () => {
    const token = await issueToken();
    const answers = await Promise.all(Array.from({ length: 100 }, () => look(token)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(100);
    expect(cloud.requests.filter(({ headers }) => headers['x-subject-token'] === token)).toHaveLength(1);
  });

  it('is 429 with Retry-After, not 401, once 60 others from its address were refused', async () => {
    const from = '127.0.0.2';
    const known = await issueToken();
    await look(known, from);
    await Promise.all(Array.from({ length: 62 }, (_, n) => look(`unknown-${n}`, from)));
    const { status, headers } = await look(await issueToken(), from);
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
    expect((await look(known, from)).status).toBe(200);
    expect((await look(await issueToken(), '127.0.0.3')).status).toBe(200);
  });
});
