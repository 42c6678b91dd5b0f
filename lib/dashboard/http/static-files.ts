import 'server-only';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { LRUCache } from 'lru-cache';
import { processWide } from '@/lib/process-wide';
import { MIB } from '@/lib/units';
import { CODINGS, type Coding, chooseCoding } from './codings';
import { replyTo } from './reply';
import type { Header } from './snapshots';

/**
 * Scripts, styles and fonts of the build, in front of Next, which would compress them again for every browser: the build
 * has done that (lib/server/compress-static.mjs). Whatever is not listed here, Next answers.
 */

const ADDRESS = '/_next/static/';
const SUFFIXES: Record<Coding, string> = { br: '.br', gzip: '.gz' };
const CODED = /\.(?:br|gz)$/;

const TYPES = new Map([
  ['.css', 'text/css; charset=UTF-8'],
  ['.ico', 'image/x-icon'],
  ['.js', 'application/javascript; charset=UTF-8'],
  ['.json', 'application/json; charset=UTF-8'],
  ['.svg', 'image/svg+xml'],
  ['.txt', 'text/plain; charset=UTF-8'],
  ['.woff2', 'font/woff2'],
]);

/** Every name has a hash of what is in the file. */
const FOR_EVER: Header = ['cache-control', 'public, max-age=31536000, immutable'];
const BY_CODING: Header = ['vary', 'Accept-Encoding'];

type StaticFile = {
  etag: string;
  contentType: string;
  bytes: number;
  /** Where its bytes are, in each coding that there is. */
  paths: Map<Coding | 'identity', string>;
};

/** More than the compressed files of all pages. */
const KEPT_BYTES = 4 * MIB;

export type StaticFiles = {
  /** Answers a GET or HEAD of a file of the build. @returns how to, or null if it is none */
  answer(request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>): ((response: ServerResponse) => void) | null;
};

/** @param folder with the static files of a build; the same for as long as the process runs */
export function openStaticFiles(folder: string): StaticFiles {
  const files = listFiles(folder);
  const bodies = new LRUCache<string, Buffer<ArrayBuffer>>({
    maxSize: KEPT_BYTES,
    sizeCalculation: ({ length }) => Math.max(1, length),
  });
  const read = (place: string): Buffer<ArrayBuffer> | null => {
    try {
      const body = bodies.get(place) ?? readFileSync(place);
      bodies.set(place, body);
      return body;
    } catch {
      // The next build has removed it.
      return null;
    }
  };
  return {
    answer({ method, url = '', headers }) {
      const file = url.startsWith(ADDRESS) ? files.get(nameIn(url)) : undefined;
      if (file === undefined) return null;
      const { etag, contentType, paths, bytes } = file;
      const isCoded = paths.size > 1;
      const coding = isCoded ? chooseCoding(String(headers['accept-encoding'] ?? ''), bytes) : 'identity';
      const place = coding === null ? undefined : paths.get(coding);
      const body = place === undefined ? null : read(place);
      if (coding === null || body === null) return null;
      const known = { etag, contentType, asOf: null, headers: isCoded ? [FOR_EVER, BY_CODING] : [FOR_EVER] };
      const reply = replyTo({ ifNoneMatch: headers['if-none-match'], coding, body }, known, 0);
      return (response) =>
        response.writeHead(reply.status, reply.headers.flat()).end(method === 'HEAD' ? null : reply.body);
    },
  };
}

/** Only names that were found in the folder lead to a file, so that none leads out of it. */
function listFiles(folder: string): Map<string, StaticFile> {
  if (!existsSync(folder)) return new Map();
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) =>
    name.split(path.sep).join('/'),
  );
  const all = new Set(names);
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const contentType = TYPES.get(path.extname(name));
    const place = path.join(/* turbopackIgnore: true */ folder, name);
    if (contentType === undefined || CODED.test(name)) continue;
    const coded = CODINGS.filter((coding) => all.has(`${name}${SUFFIXES[coding]}`));
    files.set(name, {
      contentType,
      etag: `"${createHash('sha256').update(readFileSync(place)).digest('base64url').slice(0, 27)}"`,
      bytes: statSync(place).size,
      paths: new Map([
        ['identity', place] as const,
        ...coded.map((coding) => [coding, `${place}${SUFFIXES[coding]}`] as const),
      ]),
    });
  }
  return files;
}

function nameIn(url: string): string {
  const name = url.slice(ADDRESS.length).split('?', 1)[0] ?? '';
  return name.includes('%') ? decodeURIComponent(name) : name;
}

/** server.js of the build changes to its own folder. */
export const theStaticFiles = (): StaticFiles =>
  processWide('static-files', () =>
    openStaticFiles(path.join(/* turbopackIgnore: true */ process.cwd(), '.next/static')),
  );
