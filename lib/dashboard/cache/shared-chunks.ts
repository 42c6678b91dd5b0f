import 'server-only';

import { isRecord } from '@/lib/is-record';

/** A large value in pieces that can be written, sent and read one by one. */

export type Manifest = {
  at: number;
  /** Names of all pieces. */
  chunks: string[];
  /** Small properties, as they are. */
  head: Record<string, unknown>;
  /** Properties that are long lists, and those that are records of many entries: the names of their pieces, in order. */
  lists: Record<string, string[]>;
  records: Record<string, string[]>;
};

/** Its name, once it has one, is to be put at the end of `names`. */
type Piece = { chunk: unknown; names: string[] };

const ROWS = 500;

/** Pieces of an object of plain data; what is small goes into the manifest itself. A list alone is an object with one list. */
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

const WHOLE = '(all)';

export function joinChunks({ head, lists, records }: Manifest, pieces: Map<string, unknown>): unknown {
  const rowsOf = (names: string[]) => names.flatMap((name) => pieces.get(name) as unknown[]); // As they were split.
  const value: Record<string, unknown> = { ...head };
  for (const [property, names] of Object.entries(lists)) value[property] = rowsOf(names);
  for (const [property, names] of Object.entries(records)) {
    value[property] = Object.fromEntries(rowsOf(names) as [string, unknown][]);
  }
  return WHOLE in value ? value[WHOLE] : value;
}
