import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { version } from '@/package.json';

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:md|ya?ml|service|conf)$/.test(name))
    .map((name) => path.join(folder, name));

/** Where a version of this product is named; upgrading.md names others, too. */
const NAMED = [
  /(?:image: |registry\.example\/)watcher-visio:(\d[\w.]*)/g,
  /watcher-visio-(\d+\.\d+\.\d+)-/g,
  /name: watcher-visio, .*newTag: (\d[\w.]*)/g,
  /image\.version="([^"]+)"/g,
];

describe('the version', () => {
  it.each(['README.md', 'Dockerfile', ...filesBelow('docs').filter((name) => name !== 'docs/upgrading.md')])(
    'is that of package.json in %s',
    (file) => {
      const text = readFileSync(file, 'utf8');
      const found = NAMED.flatMap((form) => [...text.matchAll(form)].map(([, named]) => named));
      expect(found.filter((named) => named !== version)).toEqual([]);
    },
  );

  it('is named by the image, its examples and the steps to install', () => {
    const naming = [
      'Dockerfile',
      'docs/deploy/compose.yaml',
      'docs/deploy/kubernetes/base/kustomization.yaml',
      'docs/install.md',
    ];
    for (const file of naming)
      expect(
        NAMED.some((form) => readFileSync(file, 'utf8').match(form)),
        file,
      ).toBe(true);
  });

  it('is that of the lock file', () => {
    const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
    expect([lock.version, lock.packages[''].version]).toEqual([version, version]);
  });
});
