import { execFileSync } from 'node:child_process';
import { existsSync, lstatSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openCloud } from './support/cloud';
import { startProduct } from './support/product';

/** What `npm run pack` puts into an archive, unpacked in another folder. */

let folder: string;
beforeAll(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'visio-archive-')));
  execFileSync(process.execPath, ['lib/server/pack-release.mjs', '--folder', folder], { cwd: inject('build') });
});
afterAll(() => rmSync(folder, { recursive: true }));

const everything = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => path.join(folder, name));

describe('the release archive', () => {
  it('has all that it links to, so that it works wherever it is unpacked', () => {
    const links = everything().filter((name) => lstatSync(name).isSymbolicLink());
    expect(links.length).toBeGreaterThan(0);
    const led = links.map((name) => (existsSync(name) ? realpathSync(name) : `${name} leads nowhere`));
    expect(led.filter((name) => !name.startsWith(`${folder}${path.sep}`))).toEqual([]);
  });

  it('has what people need, and neither sources nor settings', () => {
    for (const name of [
      'LICENSE',
      'CHANGELOG.md',
      '.env.example',
      'docs/install.md',
      'docs/deploy/watcher-visio.service',
    ])
      expect(existsSync(path.join(folder, name)), name).toBe(true);
    const names = everything().map((name) => path.relative(folder, name));
    expect(names.filter((name) => /^lib\/.*\.ts$|(^|\/)\.env(\.local)?$|^tests/.test(name))).toEqual([]);
  });

  it('starts', async () => {
    const { settings } = await openCloud();
    const { url } = await startProduct(settings, folder);
    const page = await fetch(`${url}/`);
    expect(page.status).toBe(200);
    const [script = ''] = /\/_next\/static\/chunks\/[^"]+\.js/.exec(await page.text()) ?? [];
    const { headers } = await fetch(`${url}${script}`, { headers: { 'accept-encoding': 'gzip' } });
    // As the build compressed it: what is compressed while it is sent has no length.
    const { size } = lstatSync(path.join(folder, '.next/standalone', `${script.replace('/_next', '.next')}.gz`));
    expect([headers.get('content-encoding'), headers.get('content-length')]).toEqual(['gzip', String(size)]);
  });

  it('has the command line', () => {
    const words = ['lib/cli/watcher-visio.mjs', '--version'];
    expect(execFileSync(process.execPath, words, { cwd: folder, encoding: 'utf8' })).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
