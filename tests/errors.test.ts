import { describe, expect, it, vi } from 'vitest';
import { publicMessage, SourceError } from '@/lib/errors';

describe('SourceError', () => {
  it('is recognised across bundles of the same server', async () => {
    vi.resetModules();
    const other = await import('@/lib/errors');
    const error = new other.SourceError('nova', 'http', 'Nova answered 503.');
    expect(other.SourceError).not.toBe(SourceError);
    expect(error instanceof SourceError).toBe(true);
    expect(publicMessage(error)).toBe('Nova answered 503.');
  });

  it('is the only error whose message is shown', () => {
    expect(publicMessage(new Error('password is s3cret'))).not.toContain('s3cret');
    expect(new Error('x') instanceof SourceError).toBe(false);
  });
});
