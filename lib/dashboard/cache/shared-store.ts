import 'server-only';
import { createHash, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip, type ZlibOptions } from 'node:zlib';
import { createClient } from '@redis/client';
import { processWide } from '@/lib/process-wide';
import { MIB } from '@/lib/units';
import { yieldIfDue } from '@/lib/yield';
import { version } from '@/package.json';
import { log } from '../process/log';
import { withinOrNull } from '../process/waiting';
import { isManifest, joinChunks, type Manifest, splitIntoChunks } from './shared-chunks';

/**
 * Readings that replicas share through Redis or Valkey, so that one of them collects for all. The only file that knows
 * Redis. Values are stored in compressed pieces named by a hash of their content, so that after a refresh only changed
 * pieces are transferred.
 */
export type SharedStore = {
  /**
   * The newest value if it was taken after `since`, otherwise null.
   *
   * @throws if Redis does not answer, as all of these do
   */
  newest(key: string, since: number): Promise<{ at: number; value: unknown } | null>;
  put(key: string, taken: { at: number; value: unknown }, keepMs: number): Promise<void>;
  /** The right to collect, which lasts while it is renewed; null if another process has it. */
  lease(key: string, ms: number): Promise<Lease | null>;
  /** Sets a mark that all processes see for a while. */
  mark(name: string, keepMs: number): Promise<void>;
  isMarked(name: string): Promise<boolean>;
};

export type Lease = { release(): Promise<void> };

const PREFIX = 'watcher-visio';
const CONNECT_MS = 2_000;
/** A dead Redis must not hold up a collection. */
const COMMAND_MS = 3_000;
const RETRY_MS = 5_000;

/** Bytes, unpacked: of one piece, which has 500 rows, and of all new pieces of a value; far more than the largest cloud needs. */
const LONGEST_CHUNK = 16 * MIB;
const LONGEST_VALUE = 256 * MIB;

const zip = promisify(gzip);
const unzip = promisify<Buffer, ZlibOptions, Buffer>(gunzip);

/** The store of this process; null without an address. */
export const sharedStore = (url: string | undefined): SharedStore | null =>
  url === undefined ? null : processWide('shared-store', () => openSharedStore(url));

/**
 * Replicas of one version share its readings: those of another may have another form. A mark, such as that of a sign-out,
 * counts for every version, and outlives an upgrade.
 */
export function openSharedStore(url: string, ownVersion: string = version): SharedStore {
  const readings = `${PREFIX}:${ownVersion}`;
  const chunkKey = (key: string, name: string) => `${readings}:${key}:chunk:${name}`;
  const client = createClient({
    url,
    // Without a connection, commands fail at once and this process goes on alone.
    disableOfflineQueue: true,
    commandOptions: { timeout: COMMAND_MS },
    socket: { connectTimeout: CONNECT_MS, reconnectStrategy: (tries: number) => Math.min(RETRY_MS, 100 * 2 ** tries) },
  });
  let warned = false;
  client.on('error', (error: unknown) => {
    if (!warned)
      log().warn({ reason: error instanceof Error ? error.message : String(error) }, 'the shared cache is unavailable');
    warned = true;
  });
  client.on('ready', () => {
    if (warned) log().info('the shared cache is available again');
    warned = false;
  });
  let connecting: Promise<unknown> | undefined;
  const connected = async () => {
    // Only the first connection is waited for; the client reconnects by itself.
    connecting ??= withinOrNull(
      client.connect().catch(() => {}),
      CONNECT_MS,
    );
    await connecting;
    if (!client.isReady) throw new Error('the shared cache is unavailable');
    return client;
  };

  /** Pieces of the last value of each key by name, so that none is parsed twice. */
  const known = new Map<string, Map<string, unknown>>();

  return {
    async newest(key, since) {
      const redis = await connected();
      const text = await redis.get(`${readings}:${key}`);
      if (text === null) return null;
      const manifest: unknown = JSON.parse(text);
      if (!isManifest(manifest)) throw new Error('the shared cache holds something else');
      if (manifest.at <= since) return null;
      const before = known.get(key) ?? new Map<string, unknown>();
      const pieces = new Map<string, unknown>();
      const budget = { bytes: LONGEST_VALUE };
      for (const name of manifest.chunks) {
        const piece = before.get(name) ?? (await readChunk(await redis.get(chunkKey(key, name)), budget));
        if (piece === undefined) return null;
        pieces.set(name, piece);
        await yieldIfDue();
      }
      known.set(key, pieces);
      return { at: manifest.at, value: joinChunks(manifest, pieces) };
    },

    async put(key, { at, value }, keepMs) {
      const redis = await connected();
      const before = known.get(key) ?? new Map<string, unknown>();
      const pieces = new Map<string, unknown>();
      const manifest: Manifest = { at, chunks: [], head: {}, lists: {}, records: {} };
      for (const { chunk, names } of splitIntoChunks(value, manifest)) {
        const text = JSON.stringify(chunk);
        const name = createHash('sha256').update(text).digest('base64url').slice(0, 22);
        manifest.chunks.push(name);
        names.push(name);
        const stored = before.has(name) && (await redis.pExpire(chunkKey(key, name), keepMs)) === 1;
        if (!stored) {
          const packed = (await zip(text, { level: 1 })).toString('base64');
          await redis.set(chunkKey(key, name), packed, { expiration: { type: 'PX', value: keepMs } });
        }
        pieces.set(name, chunk);
        await yieldIfDue();
      }
      await redis.set(`${readings}:${key}`, JSON.stringify(manifest), { expiration: { type: 'PX', value: keepMs } });
      known.set(key, pieces);
    },

    async mark(name, keepMs) {
      const redis = await connected();
      await redis.set(`${PREFIX}:mark:${name}`, '1', { expiration: { type: 'PX', value: Math.ceil(keepMs) } });
    },

    async isMarked(name) {
      const redis = await connected();
      return (await redis.exists(`${PREFIX}:mark:${name}`)) === 1;
    },

    async lease(key, ms) {
      const redis = await connected();
      const name = `${readings}:${key}:lease`;
      const mine = randomUUID();
      const got = await redis.set(name, mine, { condition: 'NX', expiration: { type: 'PX', value: ms } });
      if (got === null) return null;
      const renew = setInterval(() => {
        redis.eval(IF_MINE('pexpire', true), { keys: [name], arguments: [mine, String(ms)] }).catch(() => {});
      }, ms / 3);
      renew.unref();
      return {
        async release() {
          clearInterval(renew);
          await redis.eval(IF_MINE('del', false), { keys: [name], arguments: [mine] }).catch(() => {});
        },
      };
    },
  };
}

/** Unpacks at most what is left of the budget: otherwise, anyone who can write to the cache could fill the memory. */
async function readChunk(packed: string | null, budget: { bytes: number }): Promise<unknown> {
  if (packed === null) return undefined;
  const maxOutputLength = Math.max(1, Math.min(LONGEST_CHUNK, budget.bytes));
  const text = await unzip(Buffer.from(packed, 'base64'), { maxOutputLength });
  budget.bytes -= text.length;
  const piece: unknown = JSON.parse(text.toString('utf8'));
  if (!Array.isArray(piece)) throw new Error('the shared cache holds something else');
  return piece;
}

/** A lease is renewed or released by its holder only: it may have expired and belong to another process by now. */
const IF_MINE = (command: 'pexpire' | 'del', timed: boolean) =>
  `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('${command}', KEYS[1]${timed ? ', ARGV[2]' : ''}) end return 0`;
