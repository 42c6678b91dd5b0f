import { describe, expect, it, vi } from 'vitest';
import { publicMessage, SourceError } from '@/lib/errors';

describe('a source error', () => {
  it('is one to another bundle of the same server, too', async () => {
    vi.resetModules();
    const other = await import('@/lib/errors');
    const error = new other.SourceError('nova', 'http', 'Nova answered 503.');
    expect(other.SourceError).not.toBe(SourceError);
    expect(error instanceof SourceError).toBe(true);
    expect(publicMessage(error)).toBe('Nova answered 503.');
  });

  it('is the only one whose words are shown', () => {
    expect(publicMessage(new Error('password is s3cret'))).not.toContain('s3cret');
    expect(new Error('x') instanceof SourceError).toBe(false);
  });
});
