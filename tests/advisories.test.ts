import { describe, expect, it } from 'vitest';
import lock from '@/package-lock.json';

/**
 * The versions in the lock file are not older than those that fixed the advisories known for the parts that face the network.
 * The registry's own audit is not reachable from everywhere.
 */
const FIXED: Record<string, { version: string; advisory: string }[]> = {
  next: [
    { version: '15.2.3', advisory: 'CVE-2025-29927' },
    { version: '16.0.7', advisory: 'CVE-2025-66478' },
    { version: '16.2.6', advisory: 'https://github.com/vercel/next.js/security/advisories' },
  ],
  react: [
    { version: '19.2.1', advisory: 'CVE-2025-55182' },
    { version: '19.2.6', advisory: 'CVE-2026-23870' },
  ],
  'react-dom': [{ version: '19.2.6', advisory: 'CVE-2026-23870' }],
  undici: [
    { version: '7.18.0', advisory: 'CVE-2026-22036' },
    { version: '7.24.0', advisory: 'https://github.com/nodejs/undici/security/advisories' },
  ],
  jose: [{ version: '4.9.2', advisory: 'CVE-2022-36083' }],
};

/** Below, equal or above 0, for versions of numbers only. */
const compare = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

const packages = Object.entries(lock.packages as Record<string, { version?: string }>);

describe('the lock file', () => {
  it.each(Object.entries(FIXED))('has no version of %s with a known vulnerability', (name, advisories) => {
    const copies = packages.filter(
      ([path]) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`),
    );
    expect(copies.length).toBeGreaterThan(0);
    for (const [path, { version = '' }] of copies) {
      expect(version, path).toMatch(/^\d+\.\d+\.\d+$/);
      for (const { version: fixed, advisory } of advisories) {
        expect(compare(version, fixed), `${path} ${version}: ${advisory}`).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('orders versions by their numbers', () => {
    expect(compare('16.10.0', '16.9.9')).toBeGreaterThan(0);
    expect(compare('7.9.0', '7.18.0')).toBeLessThan(0);
  });

  it('has a checksum for every package', () => {
    const without = packages.filter(([path, entry]) => path.startsWith('node_modules/') && !('integrity' in entry));
    expect(without.map(([path]) => path)).toEqual([]);
  });
});
