import 'server-only';
import { isRecord } from '@/lib/is-record';

/** Splits a large value into pieces that are written, sent and read one by one. */

export type Manifest = {
  at: number;
  /** Names of all pieces. */
  chunks: string[];
  /** Small properties, unchanged. */
  head: Record<string, unknown>;
  /** Names of the pieces, in order, of each property that is a list, and of each that is a record. */
  lists: Record<string, string[]>;
  records: Record<string, string[]>;
};

/** More than any value has: 500 rows are in one. */
const MOST_CHUNKS = 10_000;

/** Whether it has the form that `splitIntoChunks` fills in, and no more pieces than a value of ours. */
export function isManifest(found: unknown): found is Manifest {
  if (!isRecord(found) || typeof found.at !== 'number' || !isRecord(found.head)) return false;
  if (!isNames(found.chunks) || found.chunks.length > MOST_CHUNKS) return false;
  const known = new Set(found.chunks);
  const parts = [found.lists, found.records].flatMap((part) => (isRecord(part) ? Object.values(part) : [null]));
  const isKnown = (names: unknown) =>
    isNames(names) && names.length <= MOST_CHUNKS && names.every((one) => known.has(one));
  return parts.every(isKnown);
}

const isNames = (found: unknown): found is string[] =>
  Array.isArray(found) && found.every((name) => typeof name === 'string');

/** The caller names the piece and appends the name to `names`. */
type Piece = { chunk: unknown; names: string[] };

const ROWS = 500;

/** Yields the pieces of plain data and fills in the manifest, which also takes the small properties. */
export function* splitIntoChunks(value: unknown, manifest: Manifest): Generator<Piece> {
  const whole = isRecord(value) ? value : { [WHOLE]: value };
  for (const [property, part] of Object.entries(whole)) {
    if (Array.isArray(part)) {
      const names: string[] = [];
      manifest.lists[property] = names;
      for (let i = 0; i < part.length; i += ROWS) yield { chunk: part.slice(i, i + ROWS), names };
    } else if (isRecord(part)) {
      const names: string[] = [];
      manifest.records[property] = names;
      const entries = Object.entries(part);
      const size = Math.max(1, Math.min(ROWS, Math.ceil(entries.length / 64)));
      for (let i = 0; i < entries.length; i += size) yield { chunk: entries.slice(i, i + size), names };
    } else {
      manifest.head[property] = part;
    }
  }
}

/** A value that is a list itself counts as an object with this one property. */
const WHOLE = '(all)';

export function joinChunks({ head, lists, records }: Manifest, pieces: Map<string, unknown>): unknown {
  // Pieces are lists of rows or of entries, as splitIntoChunks made them.
  const rowsOf = (names: string[]) => names.flatMap((name) => pieces.get(name) as unknown[]);
  const value: Record<string, unknown> = { ...head };
  for (const [property, names] of Object.entries(lists)) value[property] = rowsOf(names);
  for (const [property, names] of Object.entries(records)) {
    // The pieces of a record are its entries.
    value[property] = Object.fromEntries(rowsOf(names) as [string, unknown][]);
  }
  return WHOLE in value ? value[WHOLE] : value;
}
