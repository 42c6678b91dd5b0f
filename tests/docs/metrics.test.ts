import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** docs/metrics.md lists what /api/metrics/ may have. */

const HTTP = 'lib/dashboard/http';
const read = (name: string) => readFileSync(name, 'utf8');

const namesIn = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name = '']) => name);

it('docs/metrics.md lists every metric of our own', () => {
  const cloud = readdirSync(HTTP)
    .filter((name) => name.endsWith('metrics.ts'))
    .flatMap((name) => namesIn(read(`${HTTP}/${name}`), /\b(?:gauge|byState)\(\s*'(\w+)'/g));
  const own = namesIn(read('lib/dashboard/process/own-metrics.ts'), /\$\{PREFIX\}(\w+)/g);
  const [, table = ''] = read('docs/metrics.md').split('## Its own metrics');
  const listed = namesIn(table, /`(\w+)`/g);
  expect(cloud.length).toBeGreaterThan(20);
  expect([...cloud, ...own].filter((name) => !listed.includes(name))).toEqual([]);
});
