import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { envSchema, parseEnv } from '@/lib/env';
import { SECRETS } from '@/lib/secret-files';
import { listOldNames, type Names, RENAMED, takeOldNames } from '@/lib/setting-renames';
import { problemsOf } from './settings-problems';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'visio-settings-'));
  writeFileSync(path.join(folder, 'secret'), 'Zq8vT3nW5yB7kM2pX9cR4jL6hF1dS0gA');
  writeFileSync(path.join(folder, 'cache'), 'redis://:Zq8vT3nW5yB7kM2p@cache.example:6379/0');
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The lines of .env.example as it was, with a value for each that had none and for each that was only an example. */
function settingsOf(earlier: string): Record<string, string> {
  const example = readFileSync(`tests/fixtures/settings/${earlier}.example`, 'utf8');
  const lines = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=(.*)$/gm)];
  return Object.fromEntries(lines.map(([, name = '', value = '']) => [name, plausible(name, value)]));
}

function plausible(name: string, value: string): string {
  if (name === 'CACHE_URL_FILE') return path.join(folder, 'cache');
  if (name === 'CACHE_URL') return value.replace(':password@', ':Zq8vT3nW5yB7kM2p@');
  if (name.endsWith('_FILE') && SECRETS.some((secret) => name === `${secret}_FILE`)) return path.join(folder, 'secret');
  if (value !== '') return value;
  if (name.endsWith('_OVERRIDE')) return 'https://service.example/v1';
  return name.endsWith('_SELECTOR') ? 'job="any"' : 'Zq8vT3nW5yB7kM2pX9cR4jL6hF1dS0gA';
}

describe.each(['0.1.0', '0.2.0'])('the settings of %s', (earlier) => {
  it('are all still taken, or have another name', () => {
    const known = [...Object.keys(envSchema.shape), ...RENAMED.map(({ from }) => from)];
    expect(Object.keys(settingsOf(earlier)).filter((name) => !known.includes(name))).toEqual([]);
  });

  it('start this version all at once, where they do not contradict each other', () => {
    const all = Object.entries(settingsOf(earlier));
    // One way to sign in to Prometheus, and each secret once: by itself, or by a file.
    const one = ({ byFile }: { byFile: boolean }) =>
      all.filter(
        ([name]) =>
          !name.startsWith('PROMETHEUS_TOKEN') &&
          !SECRETS.some((secret) => name === (byFile ? secret : `${secret}_FILE`)),
      );
    for (const byFile of [false, true])
      expect(problemsOf({ ...Object.fromEntries(one({ byFile })), AUTH: 'keystone' })).toEqual([]);
  });

  it('are told apart in words where one secret or sign-in is set twice', () => {
    expect(problemsOf({ ...settingsOf(earlier), AUTH: 'keystone' })).toEqual([
      ...SECRETS.filter((name) => `${name}_FILE` in settingsOf(earlier)).map(
        (name) => `${name}_FILE and ${name} are both set; set only one of them`,
      ),
      'PROMETHEUS_USERNAME and PROMETHEUS_TOKEN are both set; set only one of them',
    ]);
  });

  it('have the defaults that they had', () => {
    const example = readFileSync(`tests/fixtures/settings/${earlier}.example`, 'utf8');
    const now = new Map(Object.entries(parseEnv({})).map(([name, value]) => [name, String(value)]));
    const changed = [...example.matchAll(/^#([A-Z_]+)=(\d+|auto|false|none|placement|info)$/gm)].filter(
      ([, name = '', value]) => now.get(name) !== value,
    );
    expect(changed.map(([, name]) => name)).toEqual(earlier === '0.1.0' ? ['MOCK_AUDITS'] : []);
  });
});

/** As if a setting had been renamed in a version, until the next. */
const names = (major: number): Names => ({ renamed: [{ from: 'OLD', to: 'NEW', since: '1.0.0', until: 2 }], major });

describe('a renamed setting', () => {
  it('is taken under its old name until the next major version, with a warning', () => {
    const set: Record<string, string> = { OLD: 'value' };
    expect(takeOldNames(set, names(1))).toEqual([]);
    expect(set.NEW).toBe('value');
    expect(listOldNames(['OLD'], names(1))).toEqual([
      'OLD is now called NEW. The old name still works in this version, but no longer in 2.0.',
    ]);
    expect(listOldNames(['NEW', 'OTHER'], names(1))).toEqual([]);
  });

  it('is refused under its old name from then on, with the new one', () => {
    expect(takeOldNames({ OLD: 'value' }, names(2))).toEqual(['OLD has been called NEW since 1.0.0; rename it']);
    expect(listOldNames(['OLD'], names(2))).toEqual([]);
  });

  it('may have both names for a while, for a way back, if they say the same', () => {
    expect(takeOldNames({ OLD: 'value', NEW: 'value' }, names(1))).toEqual([]);
    expect(takeOldNames({ OLD: 'value', NEW: 'other' }, names(1))).toEqual([
      'OLD is the old name of NEW, which says something else; remove OLD',
    ]);
  });

  it('has a name that is a setting, and had one that is none any more', () => {
    const known = Object.keys(envSchema.shape);
    expect(RENAMED.filter(({ from, to }) => known.includes(from) || !known.includes(to))).toEqual([]);
  });

  it('is the header with the user’s name', () => {
    expect(parseEnv({ AUTH_PROXY_HEADER: 'X-Remote-User' }).AUTH_PROXY_USER_HEADER).toBe('X-Remote-User');
  });
});
