import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { observeRefresh } from '@/lib/dashboard/process/observe';
import { regionIdOf } from '@/lib/dashboard/process/region';
import { forgetEnv } from '@/lib/env';
import { SourceError } from '@/lib/errors';
import { forgetProcessWide } from '@/lib/process-wide';

const REGION = regionIdOf('cloud', 'one');

const lines: { msg: string; level: string; error?: string }[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.stubEnv('LOG_LEVEL', 'info');
  forgetEnv();
  forgetProcessWide('log');
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(JSON.parse(String(line)));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  forgetEnv();
  forgetProcessWide('log');
});

describe('the log about a reading', () => {
  it('has a line per change, however often the reading is tried', async () => {
    const name = randomUUID();
    const take = async (message: string | null): Promise<void> => {
      await observeRefresh(REGION, name, async () => {
        if (message !== null) throw new SourceError('nova', 'http', message);
      }).catch(() => {});
    };
    for (let n = 0; n < 1_000; n++) await take(n % 2 === 0 ? 'Nova returned 503.' : 'Nova did not answer.');
    await take(null);
    await take(null);
    await take('Nova returned 503.');
    expect(lines.map(({ level, msg, error }) => [level, msg, error])).toEqual([
      ['warn', 'reading failed', 'Nova returned 503.'],
      ['warn', 'reading failed', 'Nova did not answer.'],
      ['info', 'reading recovered', undefined],
      ['warn', 'reading failed', 'Nova returned 503.'],
    ]);
  });
});
