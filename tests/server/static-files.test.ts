import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStaticFiles } from '@/lib/dashboard/http/static-files';
import type { Got } from './hooked-server';

/** Files of a build that the request hook sends as the build has compressed them. */

const SCRIPT = 'export const hosts = ["cmp-01", "cmp-02"];\n'.repeat(100);
const FONT = Buffer.from([0x77, 0x4f, 0x46, 0x32, ...Array.from({ length: 2_000 }, (_, i) => (i * 7919) % 251)]);

const root = mkdtempSync(path.join(tmpdir(), 'visio-static-'));
const folder = path.join(root, 'static');
let port = 0;
const server = createServer((request, response) => {
  const send = openStaticFiles(folder).answer(request);
  if (send) send(response);
  else response.writeHead(501).end('passed on');
});

/** As the build does. */
function compress(): void {
  const script = `import { compressStatic } from './lib/server/compress-static.mjs'; await compressStatic(process.argv[1]);`;
  execFileSync(process.execPath, ['--input-type=module', '-e', script, folder]);
}

beforeAll(async () => {
  mkdirSync(path.join(folder, 'chunks/[audit]'), { recursive: true });
  writeFileSync(path.join(root, 'secret.js'), SCRIPT);
  writeFileSync(path.join(folder, 'chunks/a.js'), SCRIPT);
  writeFileSync(path.join(folder, 'chunks/[audit]/page.css'), '.a { color: red }\n'.repeat(100));
  writeFileSync(path.join(folder, 'chunks/tiny.js'), 'export {};\n');
  writeFileSync(path.join(folder, 'font.woff2'), FONT);
  writeFileSync(path.join(folder, 'unheard.of'), 'what is this');
  compress();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
  rmSync(root, { recursive: true });
});

const get = (file: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> =>
  new Promise((resolve, reject) => {
    ask({ port, host: '127.0.0.1', path: `/_next/static/${file}`, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });

describe('a file of the build', () => {
  it.each([
    ['gzip', 'gzip, deflate', gunzipSync],
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
  ])('comes compressed with %s, as the build made it', async (coding, accepted, unpack) => {
    const { status, headers, body } = await get('chunks/a.js', { 'accept-encoding': accepted });
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-encoding': coding,
      'content-length': String(body.length),
      'content-type': 'application/javascript; charset=UTF-8',
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'Accept-Encoding',
    });
    expect(body.length).toBeLessThan(SCRIPT.length / 10);
    expect(unpack(body).toString()).toBe(SCRIPT);
  });

  it('comes as it is for clients that take no compression', async () => {
    for (const accepted of [undefined, 'identity', 'gzip;q=0']) {
      const { headers, body } = await get('chunks/a.js', accepted === undefined ? {} : { 'accept-encoding': accepted });
      expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'Accept-Encoding']);
      expect(body.toString()).toBe(SCRIPT);
    }
  });

  it('comes as it is if it is compressed already, or too small to be', async () => {
    const font = await get('font.woff2', { 'accept-encoding': 'gzip' });
    expect(font.headers).toMatchObject({ 'content-type': 'font/woff2', 'content-length': String(FONT.length) });
    expect([font.headers['content-encoding'], font.headers.vary, font.body.equals(FONT)]).toEqual([
      undefined,
      undefined,
      true,
    ]);
    const tiny = await get('chunks/tiny.js', { 'accept-encoding': 'gzip' });
    expect([tiny.headers['content-encoding'], tiny.body.toString()]).toEqual([undefined, 'export {};\n']);
  });

  it('is 304 for a client that has it, in whichever coding', async () => {
    const accepted = { 'accept-encoding': 'gzip' };
    const { headers } = await get('chunks/a.js', accepted);
    const plain = await get('chunks/a.js');
    expect(headers.etag).not.toBe(plain.headers.etag);
    for (const etag of [headers.etag, plain.headers.etag]) {
      const again = await get('chunks/a.js', { ...accepted, 'if-none-match': String(etag) });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, headers.etag]);
    }
  });

  it('has the same headers and no body for HEAD', async () => {
    const accepted = { 'accept-encoding': 'gzip' };
    const [head, full] = [await get('chunks/a.js', accepted, 'HEAD'), await get('chunks/a.js', accepted)];
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect({ ...head.headers, date: '' }).toEqual({ ...full.headers, date: '' });
  });

  it('is found by an encoded name and with a query', async () => {
    for (const name of ['chunks/%5Baudit%5D/page.css', 'chunks/[audit]/page.css?dpl=1'])
      expect((await get(name)).headers['content-type']).toBe('text/css; charset=UTF-8');
  });

  it.each([
    'chunks/none.js',
    'chunks',
    'chunks/a.js.gz',
    'unheard.of',
    '../secret.js',
    'chunks/../../secret.js',
    '%2e%2e/secret.js',
    '..%2fsecret.js',
    '',
  ])('is not %j, which goes on to Next', async (name) => {
    expect((await get(name, { 'accept-encoding': 'gzip' })).body.toString()).toBe('passed on');
  });

  it('goes on to Next once it is removed', async () => {
    writeFileSync(path.join(folder, 'chunks/late.js'), SCRIPT);
    const files = openStaticFiles(folder);
    unlinkSync(path.join(folder, 'chunks/late.js'));
    expect(files.answer({ method: 'GET', url: '/_next/static/chunks/late.js', headers: {} })).toBeNull();
  });

  it('is the same in every build of the same sources', () => {
    const readAll = () =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(br|gz)$/.test(name))
        .sort()
        .map((name) => [name, readFileSync(path.join(folder, name), 'base64')]);
    const before = readAll();
    compress();
    expect(readAll()).toEqual(before);
    expect(before.map(([name]) => name)).toEqual(
      ['chunks/[audit]/page.css', 'chunks/a.js'].flatMap((name) => [`${name}.br`, `${name}.gz`]),
    );
  });
});
