import { describe, expect, it } from 'vitest';
import { envSchema } from '@/lib/env';
import { listMisspelt } from '@/lib/setting-names';

const known = Object.keys(envSchema.shape);

describe('misspelt settings', () => {
  it.each([
    ['OS_PASSWRD', 'OS_PASSWORD'],
    ['OS_AUHT_URL', 'OS_AUTH_URL'],
    ['OS_USER_NAME', 'OS_USERNAME'],
    ['OS_REGION', 'OS_REGION_NAME'],
    ['MOCK_HOST', 'MOCK_HOSTS'],
    ['PROMETHEUS_URI', 'PROMETHEUS_URL'],
    ['PROMETHEUS_USER', 'PROMETHEUS_USERNAME'],
    ['HOST_CPU_WARN', 'HOST_CPU_WARM'],
    ['TRUSTED_PROXY', 'TRUSTED_PROXIES'],
    ['AUTHH', 'AUTH'],
    ['ACTION', 'ACTIONS'],
    ['API_TOKEN', 'API_TOKENS'],
  ])('%s is taken for %s', (name, nearest) => {
    expect(listMisspelt([name], known)).toEqual([
      `${name} is not a setting and has no effect. Did you mean ${nearest}?`,
    ]);
  });

  it('do not include settings, nor what other programs and Kubernetes set', () => {
    const others = [
      'OS_IDENTITY_API_VERSION',
      'OS_VOLUME_API_VERSION',
      'OS_NO_CACHE',
      'PROMETHEUS_PORT',
      'PROMETHEUS_PORT_9090_TCP_ADDR',
      'PROMETHEUS_SERVICE_HOST',
      'WATCHER_API_SERVICE_PORT',
      'PATH',
      'OSTYPE',
      'HOSTNAME',
      'HOME',
      'LOGNAME',
      'SHELL',
      'LANG',
      'EDITOR',
      'DATABASE',
      'NODE_ENV',
      'API_URL',
    ];
    expect(listMisspelt([...others, ...known], known)).toEqual([]);
  });
});
