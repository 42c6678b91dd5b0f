import { describe, expect, it } from 'vitest';
import { EnvError, parseEnv } from '@/lib/env';

const problems = (variables: Record<string, string>): string[] => {
  try {
    parseEnv(variables);
    return [];
  } catch (error) {
    return error instanceof EnvError ? error.problems : [String(error)];
  }
};

const KEYSTONE = { AUTH: 'keystone', AUTH_SECRET: 'k3wU9-zq81Lm_0pVb7Tr5YxNcSdGfHjQ' };
const PROXY = { AUTH: 'proxy', TRUSTED_PROXIES: '127.0.0.1' };

describe('settings of acts', () => {
  it('are off unless they are set', () => {
    expect(parseEnv({}).ACTIONS).toBe('off');
    expect(problems({ ACTIONS: 'everybody' })).toEqual(['ACTIONS must be off, person or service']);
  });

  it('need to know who acts', () => {
    for (const ACTIONS of ['person', 'service'])
      expect(problems({ ACTIONS })).toEqual([
        'ACTIONS needs AUTH=keystone or AUTH=proxy, since the journal records who acted',
      ]);
    expect(problems({ ACTIONS: 'person', ...KEYSTONE })).toEqual([]);
    expect(problems({ ACTIONS: 'person', ...PROXY })).toEqual([]);
  });

  it('need roles where a proxy signs people in and the account of the server acts', () => {
    expect(problems({ ACTIONS: 'service', ...PROXY })).toEqual([
      'ACTIONS=service with AUTH=proxy needs AUTH_PROXY_ROLES_HEADER, since roles decide who may act',
    ]);
    expect(problems({ ACTIONS: 'service', ...PROXY, AUTH_PROXY_ROLES_HEADER: 'X-Forwarded-Groups' })).toEqual([]);
  });

  it('need a lock that replicas share', () => {
    const shared = { ACTIONS: 'service', ...KEYSTONE, CACHE_URL: 'redis://cache.example' };
    expect(problems(shared)).toEqual([
      'ACTIONS with CACHE_URL needs DATABASE_URL too, since replicas must not act on a plan at the same time',
    ]);
    expect(problems({ ...shared, DATABASE_URL: 'postgres://db.example/visio' })).toEqual([]);
  });

  it('are on in a demo that only this machine can reach', () => {
    const demo = { USE_MOCK_DATA: 'true', HOSTNAME: '127.0.0.1' };
    expect(parseEnv(demo).ACTIONS).toBe('service');
    expect(parseEnv({ ...demo, ACTIONS: 'off' }).ACTIONS).toBe('off');
    expect(parseEnv({ ...demo, HOSTNAME: '0.0.0.0' }).ACTIONS).toBe('off');
    expect(problems({ ...demo, HOSTNAME: '0.0.0.0', ACTIONS: 'service' })).toHaveLength(1);
  });
});
