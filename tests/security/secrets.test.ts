import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { SECRETS } from '@/lib/secret-files';
import { startUp } from '@/lib/server/startup';
import { servedCloud } from '../routes/served-cloud';
import { problemsOf as problemsOfSettings } from '../settings-problems';

/** No secret that everyone knows opens this server. */

const { configure } = servedCloud({ hosts: 1, servers: 1, audits: 0 }, { AUTH: 'keystone' });

const problemsOf = (variables: Record<string, string>) => problemsOfSettings({ AUTH: 'keystone', ...variables });

const EXAMPLES = ['.env.example', 'README.md', 'CONTRIBUTING.md', 'Dockerfile'].concat(
  readdirSync('docs', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.png'))
    .map(({ parentPath, name }) => path.join(parentPath, name)),
);

/** `AUTH_SECRET=value` or `auth_secret: value`, behind `#` too. Neither `$(openssl …)` nor an address without a password is one. */
function secretsIn(file: string): { name: string; value: string }[] {
  const names = SECRETS.join('|');
  const lines = readFileSync(file, 'utf8').matchAll(
    new RegExp(`^[\\s#-]*(?:export |Environment=)?(${names})(?:=|:[ \\t]+)["']?(.+?)["']?\\s*$`, 'gim'),
  );
  return [...lines]
    .map(([, name = '', value = '']) => ({ name: name.toUpperCase(), value }))
    .filter(({ name, value }) => !/^[$<[{'"]/.test(value) && (name !== 'CACHE_URL' || value.includes('@')));
}

describe('the start', () => {
  it.each([
    ['the first manifest’s secret', { AUTH_SECRET: 'change me to at least 32 random characters' }],
    ['the first manifest’s token', { API_TOKENS: 'change-me-a-token-for-prometheus' }],
    ['a placeholder in another spelling', { AUTH_SECRET: 'please CHANGE_ME before you use this, 42' }],
    ['a placeholder with digits for letters', { AUTH_SECRET: 'ch4ng3-m3 0123456789 abcdefghijklmnop' }],
    ['a secret of one letter', { AUTH_SECRET: 'a'.repeat(32) }],
    ['a secret of nine letters', { AUTH_SECRET: 'abcdefghi'.repeat(4) }],
    ['the digits in a row', { AUTH_SECRET: '0123456789abcdef0123456789abcdef' }],
    ['the alphabet', { API_TOKENS: 'zyxwvutsrqponmlkjihgfedcba' }],
    ['one weak token among good ones', { API_TOKENS: 'vJ5xq0ZkT7hYw2Rb,aaaaaaaaaaaaaaaa' }],
    ['the placeholder of the password', { OS_PASSWORD: 'change me' }],
    ['the password of the cache in .env.example', { CACHE_URL: 'redis://:password@cache.example:6379/0' }],
  ])('stops with code 78 for %s', async (_, variables: Record<string, string>) => {
    configure(variables);
    const exit = vi.spyOn(process, 'exit').mockImplementation((code) => {
      throw new Error(`exit ${code}`);
    });
    const complain = vi.spyOn(console, 'error').mockImplementation(() => {});
    await expect(startUp({ development: false, listensOn: '127.0.0.1' })).rejects.toThrow('exit 78');
    const [name = '', value = ''] = Object.entries(variables)[0] ?? [];
    expect(String(complain.mock.lastCall)).toContain(name);
    expect(String(complain.mock.lastCall)).not.toContain(value);
    exit.mockRestore();
  });

  it('accepts random secrets, in hexadecimal too, and leaves passwords of other services to them', () => {
    expect(
      problemsOf({
        AUTH_SECRET: '6f1ed002ab5595859014ebf0951522d9',
        API_TOKENS: 'm9Q2xw7LrT0bVf5Z 4c7a0e6d-1b52-4f0e-9a83-d2f6b1c0e975',
        OS_PASSWORD: 'aaaa',
        CACHE_URL: 'redis://:kZ0aaaa@cache.example:6379/0',
      }),
    ).toEqual([]);
  });
});

describe('an example', () => {
  it.each(EXAMPLES)('%s has no secret that the start accepts', (file) => {
    for (const { name, value } of secretsIn(file))
      expect(problemsOf({ [name]: value }), `${name}: ${value}`).not.toEqual([]);
  });

  it('is recognised in every form that the examples use', () => {
    expect(secretsIn('.env.example')).toContainEqual({
      name: 'CACHE_URL',
      value: 'redis://:password@cache.example:6379/0',
    });
  });
});
