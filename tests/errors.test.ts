import { describe, expect, it, vi } from 'vitest';
import { publicMessage, SourceError } from '@/lib/errors';

describe('SourceError', () => {
  it('recognises a SourceError from another bundle of the same server', async () => {
    vi.resetModules();
    const other = await import('@/lib/errors');
    const error = new other.SourceError('nova', 'http', 'Nova returned 503.');
    expect(other.SourceError).not.toBe(SourceError);
    expect(error instanceof SourceError).toBe(true);
    expect(publicMessage(error)).toBe('Nova returned 503.');
  });

  it('shows only the message of a SourceError, never of another error', () => {
    expect(publicMessage(new Error('password is s3cret'))).not.toContain('s3cret');
    expect(new Error('x') instanceof SourceError).toBe(false);
  });
});
