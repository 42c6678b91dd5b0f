import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHttp } from '@/lib/http';
import { findTlsProblems } from '@/lib/tls-files';
import { cloudYaml, complaint, load } from './clouds-yaml';

/** Certificates and keys that don't fit are named at the start; what only a connection can show has its own reason. */

const pem = (name: string) => readFileSync(path.join(import.meta.dirname, '../fixtures', name), 'utf8');
const CERT = pem('tls/cert.pem');
const KEY = pem('tls/key.pem');
const OTHER_CERT = pem('openstack/tls/loopback.pem');
const OTHER_KEY = pem('openstack/tls/loopback-key.pem');
const DER = new X509Certificate(CERT).raw.toString('utf8');

const NAMES = { ca: 'OS_CACERT', cert: 'OS_CERT', key: 'OS_KEY' };

describe('files of certificates and keys', () => {
  it.each<[string, Parameters<typeof findTlsProblems>[0], RegExp | null]>([
    ['a bundle with comments and carriage returns', { ca: `# CA\r\n${CERT}\n# other\n${OTHER_CERT}` }, null],
    ['a CA in DER form', { ca: DER }, /^OS_CACERT holds no certificate in PEM form\. It seems to be in DER form/],
    ['a wrong file as CA', { ca: 'localhost ssh-rsa AAAA' }, /^OS_CACERT holds no certificate in PEM form\.$/],
    ['an empty file as CA', { ca: '' }, /^OS_CACERT holds no certificate/],
    ['a key as CA', { ca: KEY }, /^OS_CACERT holds no certificate/],
    ['a certificate that was cut off', { ca: CERT.slice(0, 300) }, /^OS_CACERT holds no certificate/],
    ['a certificate and its key', { cert: CERT, key: KEY }, null],
    ['both in one file, the key first', { cert: KEY + CERT, key: KEY + CERT }, null],
    [
      'the key of another certificate',
      { cert: CERT, key: OTHER_KEY },
      /^OS_CERT and OS_KEY: .* don’t belong together\.$/,
    ],
    ['a certificate without any key', { cert: CERT, key: CERT }, /^OS_CERT holds no private key in PEM form\.$/],
    ['a key in place of the certificate', { cert: KEY, key: KEY }, /^OS_CERT holds no certificate/],
    ['a wrong file as key', { cert: CERT, key: 'none' }, /^OS_KEY holds no private key in PEM form\.$/],
    [
      'a key with a passphrase',
      { cert: CERT, key: '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAA==\n-----END ENCRYPTED PRIVATE KEY-----' },
      /^OS_KEY has a key with a passphrase/,
    ],
  ])('%s', (_, given, problem) => {
    const problems = findTlsProblems(given, NAMES);
    if (problem === null) expect(problems).toEqual([]);
    else expect(problems).toEqual([expect.stringMatching(problem)]);
  });

  it('are checked when the cloud is chosen, with the place of the key', () => {
    const files = { '/srv/clouds.yaml': cloudYaml('cacert: /ca'), '/ca': DER, '/other': OTHER_KEY, '/cert': CERT };
    const attempt = (variables: Record<string, string>) =>
      complaint(() => load({ OS_CLOUD: 'c', ...variables }, files));
    expect(attempt({})).toMatch(/^cacert in \/srv\/clouds\.yaml, line 8, holds no certificate in PEM form/);
    expect(attempt({ OS_CACERT: '/cert', OS_CERT: '/cert', OS_KEY: '/other' })).toMatch(
      /^cert \(OS_CERT\) and key \(OS_KEY\): certificate and key don’t belong together\.$/,
    );
  });

  it('are not needed where certificates are not verified, and verify may name the CA', () => {
    const read = (keys: string) => load({ OS_CLOUD: 'c' }, { '/srv/clouds.yaml': cloudYaml(keys), '/ca': CERT });
    expect(read('cacert: /none\ninsecure: "True"').tls).toMatchObject({ ca: undefined, verify: false });
    expect(read('verify: /ca').tls).toMatchObject({ ca: CERT, verify: true });
  });
});

describe('a connection that TLS settings do not fit', () => {
  const plain = createServer((_, answer) => answer.end('{}'));
  const tls = createTlsServer({ cert: CERT, key: KEY }, (_, answer) => answer.end('{}'));
  // In TLS 1.3 the connection only ends, after the handshake.
  const strict = createTlsServer(
    { cert: CERT, key: KEY, ca: CERT, requestCert: true, rejectUnauthorized: true, maxVersion: 'TLSv1.2' },
    (_, answer) => answer.end('{}'),
  );
  const servers = { plain, tls, strict };
  beforeAll(() =>
    Promise.all(Object.values(servers).map((one) => new Promise<void>((done) => one.listen(0, '127.0.0.1', done)))),
  );
  afterAll(() => Object.values(servers).map((one) => one.close()));

  it.each<[string, 'http' | 'https', keyof typeof servers, string | undefined, RegExp]>([
    ['https where plain HTTP is spoken', 'https', 'plain', undefined, /: it speaks plain HTTP there/],
    ['http where TLS is spoken', 'http', 'tls', undefined, /can't be reached: /],
    [
      'a CA that did not sign the certificate',
      'https',
      'tls',
      OTHER_CERT,
      /: its certificate is self-signed and not from the configured CA/,
    ],
    [
      'no client certificate where one is required',
      'https',
      'strict',
      CERT,
      /: it rejects the TLS handshake; it may require a client certificate\./,
    ],
  ])('%s has a reason of its own', async (_, scheme, name, ca, reason) => {
    const { port } = servers[name].address() as AddressInfo;
    const http = openHttp({ source: 'prometheus', timeoutMs: 5_000, maxBytes: 1_000, concurrency: 1, tls: { ca } });
    const address = `${scheme}://127.0.0.1:${port}/api`;
    await expect(http.send({ url: `${address}?query=up` })).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringMatching(reason),
      tried: { address, code: expect.any(String) },
    });
  });
});
