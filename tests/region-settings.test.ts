import { afterEach, describe, expect, it, vi } from 'vitest';
import { EnvError } from '@/lib/env';
import { settingsOfRegion } from '@/lib/region-settings';

afterEach(() => vi.unstubAllEnvs());

/** What is wrong, one sentence each. */
function problemsOf(own: unknown): string[] {
  try {
    settingsOfRegion(own, 'REGIONS_FILE, a/b');
    return [];
  } catch (error) {
    if (error instanceof EnvError) return error.problems;
    throw error;
  }
}

describe('the settings of a region', () => {
  it('are those of the process, but for its own', () => {
    vi.stubEnv('PROMETHEUS_URL', 'https://one.example');
    vi.stubEnv('METRICS_SERVER_LABEL', 'vm');
    vi.stubEnv('DASHBOARD_CACHE_TTL', '77');
    const env = settingsOfRegion({ PROMETHEUS_URL: 'https://two.example', METRICS_WINDOW: 300 }, 'a/b');
    expect([env.PROMETHEUS_URL, env.METRICS_WINDOW]).toEqual(['https://two.example', 300]);
    expect([env.METRICS_SERVER_LABEL, env.DASHBOARD_CACHE_TTL]).toEqual(['vm', 77]);
  });

  it('can leave out what others have', () => {
    vi.stubEnv('PROMETHEUS_URL', 'https://one.example');
    expect(settingsOfRegion({ PROMETHEUS_URL: null }, 'a/b').PROMETHEUS_URL).toBeUndefined();
  });

  it('sign in to their own Prometheus in their own way', () => {
    vi.stubEnv('PROMETHEUS_USERNAME', 'prom');
    vi.stubEnv('PROMETHEUS_PASSWORD', 's3cret-of-one');
    const env = settingsOfRegion({ PROMETHEUS_TOKEN: 'a-token-of-region-two' }, 'a/b');
    expect([env.PROMETHEUS_USERNAME, env.PROMETHEUS_TOKEN]).toEqual([undefined, 'a-token-of-region-two']);
  });

  it('are wrong by name, never by value', () => {
    expect(problemsOf({ PROMETHEUS_URL: 'ftp://s3cret' })).toEqual([
      'REGIONS_FILE, a/b: PROMETHEUS_URL must be an http or https address',
    ]);
    expect(problemsOf({ AUTH: 'none', OS_PASSWORD: 'x' })).toEqual([
      'REGIONS_FILE, a/b: AUTH can’t differ between regions',
      'REGIONS_FILE, a/b: OS_PASSWORD can’t differ between regions',
    ]);
    expect(problemsOf({ METRICS_HOST_LABELS: ['a'] })).toEqual([
      'REGIONS_FILE, a/b: METRICS_HOST_LABELS must be text or a number',
    ]);
    expect(problemsOf('https://two.example')).toEqual(['REGIONS_FILE, a/b must be a mapping of settings']);
  });
});
