import { expect, it, vi } from 'vitest';
import { cloudFiles } from '@/lib/dashboard/sources/regions';
import { readEnv } from '@/lib/env';

vi.mock('node:os', async (original) => ({
  ...(await original<typeof import('node:os')>()),
  homedir: () => {
    throw new Error('A system error occurred: uv_os_homedir returned ENOENT (no such file or directory)');
  },
}));

it('reads clouds also as a user without a home folder, which the systemd unit has', () => {
  expect(cloudFiles(readEnv()).home).toBe('/');
});
