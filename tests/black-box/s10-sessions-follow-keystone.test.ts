import { beforeAll, describe, expect, it } from 'vitest';
import { openCloud } from './support/cloud';
import { type Product, SECRET, startProduct } from './support/product';
import { forgeCookie, signIn, statusWith } from './support/sessions';

/** Sessions are sealed here with an issue ten minutes ago, so that the check, which is due every five, is due at once. */

let product: Product;
const enabled = (is: boolean) => ({ status: 200, body: { user: { id: 'x', name: 'x', enabled: is } } });
const roles = (...names: string[]) => ({
  status: 200,
  body: { role_assignments: names.map((name) => ({ role: { id: name, name }, scope: {}, user: { id: 'x' } })) },
});
const forbidden = { status: 403, body: { error: { code: 403, message: 'No.', title: 'Forbidden' } } };

/** What Keystone says now about each user. */
const PEOPLE: Record<
  string,
  { user: { status: number; body: unknown }; assignments: { status: number; body: unknown } }
> = {
  steady: { user: enabled(true), assignments: roles('admin', 'member') },
  disabled: { user: enabled(false), assignments: roles('admin') },
  deleted: { user: { status: 404, body: { error: {} } }, assignments: roles() },
  demoted: { user: enabled(true), assignments: roles('reader') },
  secret: { user: forbidden, assignments: forbidden },
};

beforeAll(async () => {
  const cloud = await openCloud({
    instead({ line }) {
      const [, id = ''] = /(?:\/v3\/users\/|user\.id=)(\w+)/.exec(line) ?? [];
      const person = PEOPLE[id];
      return line.includes('/role_assignments') ? person?.assignments : person?.user;
    },
  });
  product = await startProduct({ ...cloud.settings, AUTH: 'keystone', AUTH_SECRET: SECRET, AUTH_SESSION_HOURS: '8' });
});

describe('S10: a session of ten minutes ago', () => {
  it.each([
    ['disabled', 401],
    ['deleted', 401],
    ['demoted', 401],
    ['steady', 200],
    ['secret', 200],
  ])('of a user who is %s now is answered with %i', async (userId, status) => {
    const now = Math.floor(Date.now() / 1_000);
    const cookie = await forgeCookie({ name: userId, userId, issuedAt: now - 600, expiresAt: now + 3_600 });
    expect(await statusWith(product.port, cookie)).toBe(status);
  });

  it('and a new one needs no check', async () => {
    expect(await statusWith(product.port, await signIn(product.port))).toBe(200);
  });
});
