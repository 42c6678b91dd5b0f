/**
 * Compresses what browsers load with every page, once, at the build: .br and .gz beside each file, which the front door
 * sends. The same files give the same bytes.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Fonts and icons are compressed already. */
const COMPRESSIBLE = /\.(?:js|css|svg|json|txt)$/;
/** As in lib/dashboard/http/codings.ts: smaller ones gain nothing. */
const WORTH_FROM = 1024;

const runBrotli = promisify(brotliCompress);
const runGzip = promisify(gzip);

const CODERS = {
  '.br': (body) => runBrotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  '.gz': (body) => runGzip(body, { level: constants.Z_BEST_COMPRESSION }),
};

export async function compressStatic(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((file) => COMPRESSIBLE.test(file) && statSync(file).size >= WORTH_FROM);
  await Promise.all(
    files.flatMap((file) => {
      const body = readFileSync(file);
      return Object.entries(CODERS).map(async ([suffix, code]) => {
        const coded = await code(body);
        if (coded.length < body.length) writeFileSync(`${file}${suffix}`, coded);
      });
    }),
  );
}
