import { afterEach, describe, expect, it, vi } from 'vitest';
import { describeError, redact, takeOverConsole } from '@/lib/dashboard/process/log';
import { requestIdOf } from '@/lib/dashboard/process/request-context';
import { SourceError } from '@/lib/errors';

describe('the log', () => {
  it('redacts configured secrets, plain or escaped in JSON', () => {
    const line = JSON.stringify({ password: 'x', at: 'http://nova.test/?key=hun"ter22', again: 'hunter2 hunter2' });
    const clean = redact(line, ['hun"ter22', 'hunter2']);
    expect(clean).not.toMatch(/hun.*ter/);
    expect(JSON.parse(clean).at).toBe('http://nova.test/?key=[redacted]');
  });

  it.each([
    ['a Fernet token', 'gAAAAABnQ3Zc1234567890abcdefghij_-Zz=='],
    ['a web token', 'eyJhbGciOiJkaXIifQ..abcdefgh.ijklmnop.qrst'],
    ['a bearer', 'Authorization: Bearer abcdefgh12345678'],
    ['a password in JSON', '{"auth":{"password":"abcdefgh"}}'],
    ['a password in escaped JSON', '{"body":"{\\"password\\":\\"abcdefgh\\"}"}'],
    ['a header', '{"x-auth-token": "abcdefgh"}'],
    ['a password in an address', 'https://visio:abcdefgh@prometheus.test/'],
  ])('redacts whatever looks like %s', (_, text) => {
    expect(redact(text, [])).toContain('[redacted]');
    expect(redact(text, [])).not.toMatch(/abcdefgh|gAAAA|eyJ/);
  });

  it('leaves everything else unchanged', () => {
    const line = '{"level":"info","reading":"inventory","path":"/compute/v2.1/servers/detail","ms":31}';
    expect(redact(line, ['in'])).toBe(line);
  });

  it('describes the failure of a source and its causes without a stack trace', () => {
    const cause = new TypeError('fetch failed', {
      cause: Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { code: 'ECONNREFUSED' }),
    });
    const described = describeError(new SourceError('nova', 'network', "Nova can't be reached.", { cause }));
    expect(described).toMatchObject({
      source: 'nova',
      kind: 'network',
      cause: 'fetch failed <- ECONNREFUSED connect ECONNREFUSED 127.0.0.1:1',
    });
    expect(JSON.stringify(described)).not.toContain(' at ');
  });

  it('describes a bug with its place in the code', () => {
    expect(describeError(new TypeError('x is undefined'))).toMatchObject({
      error: 'TypeError: x is undefined',
      at: expect.stringContaining('log.test.ts'),
    });
  });
});

describe('the id of a request', () => {
  it("is the proxy's own if that is safe to log", () => {
    expect(requestIdOf('req-1f')).toBe('req-1f');
    expect(requestIdOf('a\nb')).toMatch(/^[\da-f-]{36}$/);
    expect(requestIdOf(null)).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('the console', () => {
  const { error, warn } = console;
  afterEach(() => {
    Object.assign(console, { error, warn });
  });

  it('writes to the log: one line per message, without stack traces or secrets', () => {
    const lines: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
    takeOverConsole();
    console.error('failed with', new TypeError('x is undefined'), 'Bearer abcdefgh12345678');
    expect(lines).toHaveLength(1);
    const { level, error: said, words } = JSON.parse(lines[0] ?? '');
    expect([level, said, words]).toEqual(['error', 'TypeError: x is undefined', 'failed with Bearer [redacted]']);
    expect(lines[0]).not.toMatch(/\n\s+at /);
  });
});
