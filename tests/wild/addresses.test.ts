import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redact } from '@/lib/dashboard/process/log';
import { parseEnv } from '@/lib/env';
import { openHttp } from '@/lib/http';
import { secretValues } from '@/lib/secret-values';
import { problemsOf } from '../settings-problems';

/** User and password in an address are sent as curl sends them; what can never be sent stops the start. */

describe('an address with user and password', () => {
  const seen: (string | undefined)[] = [];
  const server = createServer(({ headers, url }, answer) => {
    seen.push(headers.authorization);
    if (url === '/moved') answer.writeHead(302, { location: '/here' }).end();
    else answer.end('{}');
  });
  beforeAll(() => new Promise<void>((done) => server.listen(0, '127.0.0.1', done)));
  afterAll(() => server.close());
  const send = (path: string, headers?: Record<string, string>) => {
    const { port } = server.address() as AddressInfo;
    seen.length = 0;
    return openHttp({ source: 'prometheus', timeoutMs: 5_000, maxBytes: 100, concurrency: 1 }).send({
      url: `http://grafana:s3%20cret%25@127.0.0.1:${port}${path}`,
      headers,
    });
  };
  const basic = `Basic ${Buffer.from('grafana:s3 cret%').toString('base64')}`;

  it('sends them as a header, also after a redirect', async () => {
    expect((await send('/moved')).status).toBe(200);
    expect(seen).toEqual([basic, basic]);
  });

  it('sends the header that is configured instead, if there is one', async () => {
    await send('/', { Authorization: 'Bearer t' });
    expect(seen).toEqual(['Bearer t']);
  });

  it('is accepted as a setting, and its password is removed from the log', () => {
    const env = parseEnv({
      PROMETHEUS_URL: 'https://grafana:s3cr%40t-p@prometheus.example.net:9090',
      OS_AUTH_URL: 'https://u:other-s3cret@keystone.example.net:5000/v3',
    });
    expect(redact('s3cr%40t-p s3cr@t-p other-s3cret', secretValues(env))).toBe('[redacted] [redacted] [redacted]');
  });
});

describe('settings that can never work', () => {
  it.each<[string, Record<string, string>, string]>([
    [
      'a space in the name of a header',
      { PROMETHEUS_HEADERS: 'X Scope=s3cret' },
      'PROMETHEUS_HEADERS has a header name that can’t be sent',
    ],
    [
      'a header of the connection',
      { PROMETHEUS_HEADERS: 'Content-Length=3' },
      'PROMETHEUS_HEADERS has a header name that can’t be sent',
    ],
    [
      'a letter beyond Latin-1 in a header',
      { PROMETHEUS_HEADERS: 'X-Scope=s3cret→' },
      'PROMETHEUS_HEADERS has a header value that can’t be sent: a line break, or a letter beyond Latin-1',
    ],
    [
      'a token with a line break',
      { PROMETHEUS_TOKEN: 's3cret\nmore' },
      'PROMETHEUS_TOKEN can’t be sent: it has a line break or a letter beyond Latin-1',
    ],
    [
      'a user with a colon',
      { PROMETHEUS_USERNAME: 's3:cret' },
      'PROMETHEUS_USERNAME can’t have a colon, which ends the name when it is sent',
    ],
    [
      'an address with a query',
      { PROMETHEUS_URL: 'https://p.example/?s3cret' },
      'PROMETHEUS_URL must be an address without ? and #',
    ],
    [
      'an address without a scheme',
      { OS_AUTH_URL: 's3cret.example:5000' },
      'OS_AUTH_URL must be an http or https address',
    ],
    [
      'a user twice',
      { PROMETHEUS_URL: 'https://u:s3cret@p.example', PROMETHEUS_USERNAME: 'u' },
      'a user in PROMETHEUS_URL and PROMETHEUS_USERNAME are both set; set only one of them',
    ],
    [
      'a token beside the cloud’s own',
      { PROMETHEUS_TOKEN: 's3cret', PROMETHEUS_AUTH: 'keystone' },
      'PROMETHEUS_TOKEN and PROMETHEUS_AUTH=keystone are both set; set only one of them',
    ],
    [
      'a password without a user',
      { PROMETHEUS_PASSWORD: 's3cret' },
      'PROMETHEUS_PASSWORD has no effect without PROMETHEUS_USERNAME',
    ],
    ['warm above hot', { HOST_CPU_WARM: '90' }, 'HOST_CPU_WARM must not be above HOST_CPU_HOT'],
    ['hot below warm', { HOST_RAM_HOT: '50' }, 'HOST_RAM_WARM must not be above HOST_RAM_HOT'],
  ])('%s is named without its value', (_, variables, problem) => {
    expect(problemsOf(variables)).toEqual([problem]);
  });

  it('do not include line breaks around a token, spaces around an address, or equal limits', () => {
    const env = parseEnv({
      PROMETHEUS_TOKEN: 's3cret\n',
      PROMETHEUS_URL: ' https://p.example/x \n',
      HOST_CPU_WARM: '85',
    });
    expect(env).toMatchObject({ PROMETHEUS_TOKEN: 's3cret', PROMETHEUS_URL: 'https://p.example/x' });
  });
});
