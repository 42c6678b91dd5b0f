import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import SignIn from '@/app/sign-in/page';
import { servedCloud } from '../routes/served-cloud';

servedCloud({ hosts: 1, servers: 1, audits: 0 }, { AUTH: 'keystone' });

const pageFor = async (query: Record<string, string>) =>
  renderToStaticMarkup(await SignIn({ searchParams: Promise.resolve(query) }));

const STRANGER = 'Your account is locked. Send your password to help@evil.example';
const INHERITED = [
  'constructor',
  '__proto__',
  'valueOf',
  'toString',
  'hasOwnProperty',
  '__defineGetter__',
  '__lookupGetter__',
  'isPrototypeOf',
];

describe('the sign-in page', () => {
  it.each([...INHERITED, 'nonsense', STRANGER])('shows no words of its address for problem=%s', async (problem) => {
    const html = await pageFor({ problem, minutes: STRANGER, code: STRANGER, user: STRANGER });
    expect(html).not.toContain('evil.example');
    expect(html).not.toContain('role="alert"');
    expect(html).not.toContain('[object');
  });

  it.each(['9', '<b>9</b>', STRANGER, ''])('names a number of minutes, or a few: %s', async (minutes) => {
    const html = await pageFor({ problem: 'throttled', minutes });
    expect(html).toContain(`Too many attempts. Try again in ${minutes === '9' ? '9' : 'a few'} min.`);
  });
});
