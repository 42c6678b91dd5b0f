import type { Tls } from '../connections';
import { findTlsProblems } from '../tls-files';
import type { CloudFiles } from './cloud-files';
import { type CloudKeys, nameKey, textOf, wrong } from './config-values';

/**
 * The TLS settings of a cloud; undefined if they are the defaults. As in openstacksdk, `insecure` wins over `verify`, which may
 * also be the path of a CA.
 *
 * @throws SourceError of kind `config` for files that can't be used
 */
export function loadTls(keys: CloudKeys, files: CloudFiles): Tls | undefined {
  const { verify: given = true, insecure } = keys.values;
  const verify = !(given === false || insecure === true || (typeof insecure === 'string' && /^true$/i.test(insecure)));
  const read = (key: string): string | undefined => {
    const path = textOf(keys, key);
    if (path === undefined) return undefined;
    const content = files.read(path.replace(/^~(?=\/)/, files.home));
    if (content === undefined) throw wrong(`The file named by ${nameKey(keys, key)} can't be read.`);
    return content;
  };
  const caKey = typeof given === 'string' && textOf(keys, 'cacert') === undefined ? 'verify' : 'cacert';
  const ca = verify ? read(caKey) : undefined;
  const cert = read('cert');
  // As in Python's requests, the certificate's file holds the key too if no key file is given.
  const key = cert === undefined ? undefined : (read('key') ?? cert);
  const names = { ca: nameKey(keys, caKey), cert: nameKey(keys, 'cert'), key: nameKey(keys, 'key') };
  const [problem] = findTlsProblems({ ca, cert, key }, names);
  if (problem !== undefined) throw wrong(problem);
  return ca === undefined && cert === undefined && verify ? undefined : { ca, cert, key, verify };
}
