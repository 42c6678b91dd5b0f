import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { envSchema, forgetEnv, parseEnv, readEnv } from '@/lib/env';
import { problemsOf } from './settings-problems';

/** The port is read before anything else is. */
const SETTINGS = [...Object.keys(envSchema.shape), 'PORT'].sort();

describe('the settings', () => {
  it('.env.example lists the same settings as the schema', () => {
    const example = readFileSync('.env.example', 'utf8');
    const listed = [...example.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name);
    expect(listed.sort()).toEqual(SETTINGS);
  });

  it('docs/settings.md lists the same settings, with their defaults', () => {
    const rows = listDocumented(readFileSync('docs/settings.md', 'utf8'));
    expect(rows.map(({ name }) => name).sort()).toEqual(SETTINGS);
    const defaults = new Map(Object.entries(parseEnv({})).map(([name, value]) => [name, inWords(value)]));
    const wrong = rows.filter(
      ({ name, text }) => !text.toLowerCase().startsWith(defaults.get(name)?.toLowerCase() ?? ''),
    );
    expect(wrong).toEqual([]);
  });

  it('every setting has a default, and an empty variable counts as unset', () => {
    expect(parseEnv({ DASHBOARD_CACHE_TTL: '', OS_CLOUD: '' })).toMatchObject({
      DASHBOARD_CACHE_TTL: 120,
      SOURCE_STATUS_CACHE_TTL: 30,
      DASHBOARD_MAX_STALE: 900,
      AUDITS_LIMIT: 500,
      USE_MOCK_DATA: false,
    });
  });

  it('names all wrong settings at once and never shows a value', () => {
    const problems = problemsOf({
      DASHBOARD_CACHE_TTL: '0',
      USE_MOCK_DATA: 'perhaps',
      PROMETHEUS_URL: 'ftp://s3cret.example',
      PROMETHEUS_HEADERS: 's3cret',
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'PROMETHEUS_URL',
      'PROMETHEUS_HEADERS',
      'DASHBOARD_CACHE_TTL',
      'USE_MOCK_DATA',
    ]);
    expect(problems.join()).not.toContain('s3cret');
  });

  it('accepts any spelling of true and false, and keeps spaces in a password', () => {
    expect(
      ['True', '1', 'yes', 'FALSE', 'off'].map((value) => parseEnv({ USE_MOCK_DATA: value }).USE_MOCK_DATA),
    ).toEqual([true, true, true, false, false]);
    expect(parseEnv({ OS_PASSWORD: ' s3cret ' }).OS_PASSWORD).toBe(' s3cret ');
  });

  it('reads a secret from the file named by *_FILE, without the final line break', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'visio-secrets-'));
    const file = path.join(folder, 'password');
    writeFileSync(file, ' s3cret \n');
    expect(parseEnv({ OS_PASSWORD_FILE: file }).OS_PASSWORD).toBe(' s3cret ');
    writeFileSync(path.join(folder, 'empty'), '\n');
    expect(
      problemsOf({
        OS_PASSWORD: 'other',
        OS_PASSWORD_FILE: file,
        PROMETHEUS_TOKEN_FILE: path.join(folder, 'absent'),
        PROMETHEUS_PASSWORD_FILE: path.join(folder, 'empty'),
        UPSTREAM_TIMEOUT: '0',
      }),
    ).toEqual([
      'OS_PASSWORD_FILE and OS_PASSWORD are both set; set only one of them',
      'PROMETHEUS_PASSWORD_FILE points to an empty file',
      "PROMETHEUS_TOKEN_FILE points to a file that can't be read",
      'UPSTREAM_TIMEOUT must be at least 0.05',
    ]);
  });

  it('parses headers and aliases as name=value pairs', () => {
    expect(parseEnv({ PROMETHEUS_HEADERS: 'X-Scope-OrgID=cloud, X-Two=a=b' }).PROMETHEUS_HEADERS).toEqual({
      'X-Scope-OrgID': 'cloud',
      'X-Two': 'a=b',
    });
  });

  it('parses the settings of the process once', () => {
    vi.stubEnv('AUDITS_LIMIT', '3');
    forgetEnv();
    const first = readEnv();
    expect(first.AUDITS_LIMIT).toBe(3);
    vi.stubEnv('AUDITS_LIMIT', '4');
    expect(readEnv()).toBe(first);
    forgetEnv();
    expect(readEnv().AUDITS_LIMIT).toBe(4);
    vi.unstubAllEnvs();
    forgetEnv();
  });

  it('parses wrong settings again at the next call', () => {
    vi.stubEnv('AUDITS_LIMIT', 'many');
    forgetEnv();
    expect(() => readEnv()).toThrow('AUDITS_LIMIT');
    vi.unstubAllEnvs();
    expect(readEnv().AUDITS_LIMIT).toBe(500);
    forgetEnv();
  });
});

/** The rows of its tables, by setting: several settings of one row have one default, or one each. */
const listDocumented = (page: string): { name: string; text: string }[] =>
  [...page.matchAll(/^\| (`[^|]+) \| ([^|]*)\|/gm)].flatMap(([, first = '', second = '']) => {
    const names = [...first.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name = '']) => name);
    const each = second.trim().split(', ');
    return names.map((name, i) => ({ name, text: (each.length === names.length ? each[i] : second.trim()) ?? '' }));
  });

const inWords = (value: string | number | boolean | object | undefined): string =>
  Array.isArray(value) ? value.join(', ') : typeof value === 'object' ? '' : String(value ?? '');
