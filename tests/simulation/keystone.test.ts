import { describe, expect, it } from 'vitest';
import { openScene } from './acting';

describe('Keystone', () => {
  const PASSWORD = { user: { name: 'ops-totp', password: 'simulated', domain: { id: 'default' } } };
  const code = (passcode: string) => ({ user: { name: 'ops-totp', passcode, domain: { id: 'default' } } });
  const scope = { project: { name: 'admin', domain: { id: 'default' } } };

  async function ask(identity: Record<string, unknown>, receipt?: string) {
    const { simulation } = openScene();
    const send = (given: Record<string, unknown>, held?: string) =>
      simulation.answer(
        new Request('http://sim.test/identity/v3/auth/tokens', {
          method: 'POST',
          headers: held === undefined ? {} : { 'openstack-auth-receipt': held },
          body: JSON.stringify({ auth: { identity: { methods: Object.keys(given), ...given }, scope } }),
        }),
      );
    const first = await send({ password: PASSWORD });
    const held = receipt ?? first.headers.get('openstack-auth-receipt') ?? '';
    return { first, second: await send(identity, held) };
  }

  it('asks a person with a one-time code for it, with a receipt for the password', async () => {
    const { first, second } = await ask({ totp: code('246810') });
    expect(first.status).toBe(401);
    expect(await first.json()).toMatchObject({
      receipt: { methods: ['password'], user: { name: 'ops-totp' } },
      required_auth_methods: [['password', 'totp']],
    });
    expect(second.status).toBe(201);
    expect((await second.json()).token).toMatchObject({ methods: ['password', 'totp'], user: { name: 'ops-totp' } });
  });

  it('refuses a wrong code, a code alone, and takes both at once', async () => {
    expect((await ask({ totp: code('000000') })).second.status).toBe(401);
    expect((await ask({ totp: code('246810') }, 'made up')).second.status).toBe(401);
    expect((await ask({ password: PASSWORD, totp: code('246810') }, 'made up')).second.status).toBe(201);
  });
});
