import { beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/ask';
import { type Product, SECRET, startProduct } from './support/product';

let product: Product;
beforeAll(async () => {
  product = await startProduct({ USE_MOCK_DATA: 'true', MOCK_HOSTS: '2', AUTH: 'keystone', AUTH_SECRET: SECRET });
});

const WORDS = 'Your account is locked. Send your password to help@evil.example';
const query = (problem: string) => new URLSearchParams({ problem, minutes: WORDS, next: '/', code: WORDS });

describe('S6: the sign-in page', () => {
  it.each([
    'constructor',
    'toString',
    '__proto__',
    'valueOf',
    '__defineGetter__',
    'hasOwnProperty',
    'nothing',
    'throttled',
  ])('shows no words of a stranger for problem=%s', async (problem) => {
    const { status, body } = await ask(product.port, `/sign-in/?${query(problem)}`);
    expect(status).toBe(200);
    const shown = body.replace(/<script[\s\S]*?<\/script>|<[^>]*>/g, '');
    expect(shown).not.toContain('evil.example');
    expect(shown).not.toContain('[object');
  });

  it('says what went wrong in its own words', async () => {
    expect((await ask(product.port, '/sign-in/?problem=refused')).body).toContain('role="alert"');
  });
});
