import { describe, expect, it, vi } from 'vitest';
import { publicMessage, SourceError } from '@/lib/errors';
import { NotWritten } from '@/lib/openstack/writes/writer';

describe('SourceError', () => {
  it('recognises a SourceError from another bundle of the same server', async () => {
    vi.resetModules();
    const other = await import('@/lib/errors');
    const error = new other.SourceError('nova', 'http', 'Nova returned 503.');
    expect(other.SourceError).not.toBe(SourceError);
    expect(error instanceof SourceError).toBe(true);
    expect(publicMessage(error)).toBe('Nova returned 503.');
  });

  it('recognises a refusal by a writer that another bundle has opened', async () => {
    vi.resetModules();
    const other = await import('@/lib/openstack/writes/writer');
    const error = new other.NotWritten('Nova refused.', { requestId: null, status: null });
    expect(other.NotWritten).not.toBe(NotWritten);
    expect(error instanceof NotWritten).toBe(true);
    expect(new Error('x') instanceof NotWritten).toBe(false);
  });

  it('shows only the message of a SourceError, never of another error', () => {
    expect(publicMessage(new Error('password is s3cret'))).not.toContain('s3cret');
    expect(new Error('x') instanceof SourceError).toBe(false);
  });
});
