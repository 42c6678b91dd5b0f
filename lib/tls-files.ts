import { createPrivateKey, X509Certificate } from 'node:crypto';

/** Finds what can never work in the certificates and keys of settings, before a connection fails because of it. */

type TlsTexts = { ca?: string; cert?: string; key?: string };
/** The settings that named the files, as the subject of a sentence. */
type TlsNames = { ca: string; cert: string; key: string };

const CERTIFICATE =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;
/** A file in DER form begins with 0x30 0x82 or so, of which the second byte is no text. */
const DER = /^0[^\t\r\n -~]/;

/** One sentence for every file that can't be used; none if all can. `key` may be in the file of `cert`. */
export function findTlsProblems({ ca, cert, key }: TlsTexts, names: TlsNames): string[] {
  const problems: string[] = [];
  if (ca !== undefined && readCertificates(ca).length === 0) problems.push(noCertificate(names.ca, ca));
  if (cert === undefined) return problems;
  const [own] = readCertificates(cert);
  if (own === undefined) problems.push(noCertificate(names.cert, cert));
  const secret = readKey(key ?? cert);
  const keyName = key === undefined || key === cert ? names.cert : names.key;
  if (secret === 'encrypted') problems.push(`${keyName} has a key with a passphrase, which can’t be given here.`);
  else if (secret === null) problems.push(`${keyName} holds no private key in PEM form.`);
  else if (own !== undefined && !own.checkPrivateKey(secret))
    problems.push(`${names.cert} and ${names.key}: certificate and key don’t belong together.`);
  return problems;
}

function noCertificate(name: string, content: string): string {
  const hint = DER.test(content) ? ' It seems to be in DER form: convert it with `openssl x509 -inform der`.' : '';
  return `${name} holds no certificate in PEM form.${hint}`;
}

function readCertificates(content: string): X509Certificate[] {
  return [...content.matchAll(CERTIFICATE)].flatMap(([pem]) => {
    try {
      return [new X509Certificate(pem)];
    } catch {
      return [];
    }
  });
}

function readKey(content: string): ReturnType<typeof createPrivateKey> | 'encrypted' | null {
  if (/ENCRYPTED/.test(content)) return 'encrypted';
  try {
    return createPrivateKey(content);
  } catch {
    return null;
  }
}
