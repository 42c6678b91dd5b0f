import { openRandom } from './random';

/** Keystone's users, their roles in the project, and how they prove who they are. */

const random = openRandom(20_261_124);
const hex = () => random.uuid().replaceAll('-', '');

export const DOMAIN = { id: 'default', name: 'Default' };
const USER = { domain: DOMAIN, id: hex(), name: 'visio', password_expires_at: null };
export const PROJECT = { domain: DOMAIN, id: hex(), name: 'admin' };
const ROLES = ['admin', 'member', 'reader'].map((name) => ({ id: hex(), name }));
const READER = ROLES.filter(({ name }) => name === 'reader');

export type Account = {
  user: typeof USER;
  roles: typeof ROLES;
  /** Whether Keystone asks for a one-time code besides the password. */
  hasTotp: boolean;
};

const account = (name: string, roles: typeof ROLES, hasTotp = false): Account => ({
  user: { ...USER, id: hex(), name },
  roles,
  hasTotp,
});

/** The dashboard's own account. */
export const OWN: Account = { user: USER, roles: ROLES, hasTotp: false };

export const PEOPLE: Account[] = [
  OWN,
  account('visio-reader', READER),
  account('alice', []),
  account('ops', ROLES),
  account('reader', READER),
  account('ops-totp', ROLES, true),
];

export const CREDENTIAL = { id: 'simulated', name: 'simulated', restricted: true };
/** Everybody's password, and the secret of the application credential. */
export const SECRET = 'simulated';
/** The one-time code, which never changes here. */
export const PASSCODE = '246810';
