import { describe, expect, it } from 'vitest';
import { servedCloud } from '../routes/served-cloud';
import { frontServer } from './front-server';

/** Who is slow does not keep a connection. The limits are 15 s for headers and 30 s for all; they are looked at every 5 s. */

const AUTH = { AUTH: 'keystone', AUTH_SECRET: 'a secret of at least 32 characters' };
const { sendText } = frontServer(servedCloud({ hosts: 1, servers: 1, audits: 0 }, AUTH));

describe('a connection', () => {
  it('is closed when nothing, half of the headers, or half of a form arrives', async () => {
    const form = ['Content-Type: application/x-www-form-urlencoded', 'Content-Length: 100'].join('\r\n');
    const outcomes = await Promise.all([
      sendText('', 25_000),
      sendText('GET / HTTP/1.1\r\nHost: visio.test\r\nX-Slow: ', 25_000),
      sendText(`POST /api/sign-in/ HTTP/1.1\r\nHost: visio.test\r\n${form}\r\n\r\nuser=`, 40_000),
      sendText('GET /api/health/live/ HTTP/1.1\r\nHost: visio.test\r\n\r\n', 12_000),
    ]);
    expect(outcomes.map(({ closed }) => closed)).toEqual([true, true, true, true]);
    expect(outcomes[3]?.text).toMatch(/^HTTP\/1\.1 200 /);
  }, 60_000);
});
