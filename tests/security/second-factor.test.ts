import { HttpResponse, http } from 'msw';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import SignIn from '@/app/sign-in/page';
import { signInForm } from '../black-box/support/ask';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** Sign-in of people of whom Keystone wants more than a password. */

const served = servedCloud(
  { hosts: 1, servers: 1, audits: 0 },
  { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters' },
);
const { ask } = frontServer(served);

const TOKENS = 'http://cloud.test/identity/v3/auth/tokens';
const CODE = '287082';

/** A Keystone with a rule for the user `visio`, which answers as the real one does. Returns what it was asked. */
function withRule(required: string[][]): unknown[] {
  const asked: unknown[] = [];
  served.server.use(
    http.post(TOKENS, async ({ request }) => {
      const text = await request.clone().text();
      const { auth } = JSON.parse(text);
      // The dashboard's own account names its project, and people the project's id.
      if (auth.scope?.project?.id === undefined) return served.simulation.answer(request);
      asked.push(auth.identity);
      const identity = { methods: ['password'], password: auth.identity.password };
      const plain = await served.simulation.answer(
        new Request(TOKENS, { method: 'POST', body: JSON.stringify({ auth: { ...auth, identity } }) }),
      );
      if (plain.status !== 201) return plain;
      if (auth.identity.methods.includes('totp')) {
        const isRight = auth.identity.totp.user.passcode === CODE && auth.identity.totp.user.name === 'visio';
        return isRight ? plain : HttpResponse.json({ error: { code: 401 } }, { status: 401 });
      }
      const receipt = { methods: ['password'], user: { name: 'visio' }, expires_at: '2026-01-01T00:05:00.000000Z' };
      return HttpResponse.json(
        { receipt, required_auth_methods: required },
        { status: 401, headers: { 'openstack-auth-receipt': 'gAAAA-receipt' } },
      );
    }),
  );
  return asked;
}

const signIn = async (fields: Record<string, string>) => {
  const { status, headers } = await ask(
    '/api/sign-in/',
    signInForm({ user: 'visio', password: 'simulated', ...fields }),
  );
  return { status, location: String(headers.location), cookie: headers['set-cookie'] };
};

describe('a user with TOTP', () => {
  it('is asked for the code, and signs in with password and code in one request', async () => {
    const asked = withRule([['totp', 'password']]);
    expect((await signIn({})).location).toBe('/sign-in/?problem=code&next=%2F&code=1');
    const { status, location, cookie } = await signIn({ code: ' 287 082 ' });
    expect([status, location]).toEqual([303, '/']);
    expect(cookie).toBeDefined();
    expect(asked.at(-1)).toMatchObject({
      methods: ['password', 'totp'],
      totp: { user: { name: 'visio', domain: { name: 'Default' }, passcode: CODE } },
    });
  });

  it('is asked again after a wrong code, and only five times', async () => {
    withRule([['totp', 'password']]);
    for (let n = 0; n < 5; n++)
      expect((await signIn({ code: `00000${n}` })).location).toBe('/sign-in/?problem=refused&next=%2F&code=1');
    expect(await signIn({ code: CODE })).toMatchObject({ status: 429, cookie: undefined });
  });

  it('may have other ways too', async () => {
    withRule([
      ['password', 'hardware'],
      ['password', 'totp'],
    ]);
    expect((await signIn({})).location).toContain('problem=code');
  });

  it('sends digits only', async () => {
    const asked = withRule([['totp', 'password']]);
    expect((await signIn({ code: 'abcdef' })).location).toContain('problem=form');
    expect(asked).toEqual([]);
  });
});

describe('a user with another second factor', () => {
  it('is told that the page does not support it', async () => {
    withRule([['password', 'hardware']]);
    expect((await signIn({})).location).toBe('/sign-in/?problem=second-factor&next=%2F');
  });
});

describe('the sign-in page', () => {
  it('has a field for the code once it is asked for', async () => {
    const pageFor = async (query: Record<string, string>) =>
      renderToStaticMarkup(await SignIn({ searchParams: Promise.resolve(query) }));
    expect(await pageFor({})).not.toContain('one-time-code');
    const asking = await pageFor({ problem: 'code', code: '1' });
    expect(asking).toContain('autoComplete="one-time-code"');
    expect(asking).toContain('Keystone asks this user for a code too.');
  });
});
