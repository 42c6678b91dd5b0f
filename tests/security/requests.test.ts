import { describe, expect, it } from 'vitest';
import { redact } from '@/lib/dashboard/process/log';
import { signInForm } from '../black-box/support/ask';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** What strangers send costs this server next to nothing. */

const AUTH = { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters' };
const { ask, sendText, passed } = frontServer(servedCloud({ hosts: 3, servers: 6, audits: 2 }, AUTH));

const TEN_MB = 10_485_760;
const request = (line: string, headers: string[], body = '') =>
  [`${line} HTTP/1.1`, 'Host: visio.test', ...headers, '', body].join('\r\n');

describe('a body', () => {
  it.each(['/', '/hosts/', '/sign-in/', '/icon.svg', '/api/stats/', '/nothing/', '/_next/static/x.js'])(
    'of ten megabytes to %s is refused before it arrives, and the connection closed',
    async (path) => {
      const { text, closed } = await sendText(
        request(`POST ${path}`, [`Content-Length: ${TEN_MB}`], 'x'.repeat(50_000)),
      );
      expect(text).toMatch(/^HTTP\/1\.1 405 /);
      expect(text).toMatch(/\r\nConnection: close\r\n/i);
      expect([closed, passed.length]).toEqual([true, 0]);
    },
  );

  it.each([
    ['GET /', ['Content-Length: 1']],
    ['GET /', ['Transfer-Encoding: chunked']],
    ['GET /api/stats/', ['Content-Length: 20']],
    ['HEAD /hosts/', ['Content-Length: 20']],
    ['POST /api/sign-in/', [`Content-Length: ${TEN_MB}`]],
    ['POST /api/sign-in/', ['Content-Length: 8193']],
    ['POST /api/sign-out/', [`Content-Length: ${TEN_MB}`]],
  ])('of %s with %j is 413', async (line, headers) => {
    const { text, closed } = await sendText(request(line, headers));
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(text).toMatch(/\r\nConnection: close\r\n/i);
    expect([closed, passed.length]).toEqual([true, 0]);
  });

  it('of OPTIONS closes the connection', async () => {
    const { text, closed } = await sendText(request('OPTIONS /', ['Content-Length: 1000']));
    expect([text.slice(0, 13), closed]).toEqual(['HTTP/1.1 204 ', true]);
  });

  it('of the sign-in without an announced length is read up to 8 KB', async () => {
    const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
    const headers = ['Transfer-Encoding: chunked', 'Content-Type: application/x-www-form-urlencoded'];
    const { text } = await sendText(request('POST /api/sign-in/', headers, chunk.repeat(20)));
    expect(text).toMatch(/^HTTP\/1\.1 303 [\s\S]*problem=form/);
  });

  it('of the real form is accepted', async () => {
    const { status, headers } = await ask('/api/sign-in/', signInForm({ user: 'visio', password: 'simulated' }));
    expect([status, headers.location]).toEqual([303, '/']);
  });
});

describe('a method that no address has', () => {
  it.each(['TRACE', 'PROPFIND', 'PURGE', 'DELETE', 'PUT', 'PATCH'])(
    'is 405 and closes the connection: %s',
    async (method) => {
      for (const path of ['/', '/api/stats/', '/sign-in/', '/api/sign-in/']) {
        const { status, headers } = await ask(path, { method });
        expect([status, headers.connection], path).toEqual([405, 'close']);
      }
    },
  );
});

describe('a target that is no path', () => {
  it.each(['http://evil.example/x', 'HTTPS://visio.test/api/stats/', 'evil', '*', 'http:/x', '?x'])(
    'is 400: %s',
    async (target) => {
      const { text } = await sendText(request(`GET ${target}`, []), 500);
      expect(text).toMatch(/^HTTP\/1\.1 400 /);
      expect(text).not.toMatch(/location:/i);
      expect(passed).toEqual([]);
    },
  );
});

describe('a header that only this server sets', () => {
  it.each(['x-visitor', 'x-nonce', 'x-watcher-visio-coding', 'x-middleware-subrequest', 'content-security-policy'])(
    'never arrives from outside: %s',
    async (name) => {
      for (const path of ['/', '/icon.svgx', '/favicon.icoZ/x', '/api/', '/_next/static/x']) {
        await ask(path, { headers: { [name]: 'boss' } });
        expect(passed.at(-1)?.headers[name], path).toBeUndefined();
      }
    },
  );
});

describe('an answer that Next makes without the proxy', () => {
  it('has a policy under which nothing runs', async () => {
    for (const path of ['/icon.svgx', '/_next/static/nothing.js'])
      expect((await ask(path)).headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('a User-Agent', () => {
  it('reaches Next with at most 500 characters', async () => {
    await ask('/', { headers: { 'user-agent': 'a-'.repeat(7_000) } });
    expect(passed.at(-1)?.headers['user-agent']).toHaveLength(500);
    await ask('/', { headers: { 'user-agent': 'curl/8' } });
    expect(passed.at(-1)?.headers['user-agent']).toBe('curl/8');
  });
});

describe('long texts', () => {
  const within = (ms: number, work: () => unknown) => {
    const started = performance.now();
    work();
    expect(performance.now() - started).toBeLessThan(ms);
  };

  it.each(['eyJ-', 'eyJaaaaaaaaaaa.', 'gAAAA', 'bearer ', 'basic  ', '://a:', '"password" : ', ' '])(
    'of %s take the log no longer than their length',
    (part) => {
      within(300, () => redact(part.repeat(200_000 / part.length), []));
    },
  );

  it('still lose their secrets', () => {
    expect(redact(`a eyJhbGciOiJkaXIifQ.${'x'.repeat(9_000)}.zz b`, [])).toBe('a [redacted] b');
  });

  it('of an Accept-Encoding with 15,000 blanks are answered at once', async () => {
    const started = performance.now();
    await ask('/api/stats/', { headers: { 'accept-encoding': `gzip${' '.repeat(15_000)}x` } });
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
