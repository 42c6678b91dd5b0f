import type { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from '../errors';
import { isRecord } from '../is-record';
import type { PageSizes } from './page-sizes';
import type { ReadRequest, Session } from './session';

export type Page<T> = {
  items: T[];
  /** The rows as the service sent them, including those that can't be read. */
  rows: readonly unknown[];
  /** Whether the service announces another page. If it does so with a link, the link itself is never used. */
  more: boolean;
};

type PageRequest<T> = {
  source: Source;
  /** Name of the list, under which its page size is remembered. */
  list: string;
  sizes: PageSizes;
  /** Reads `limit` items after the one with the id `marker`. */
  readPage: (limit: number, marker: string | undefined) => Promise<Page<T>>;
  /** The id that the service accepts as marker. */
  idOf: (item: T) => string;
  /** The field of a row that has this id; by default `id`, else `uuid`. */
  idField?: string;
  /** Items read by an earlier attempt, from which to continue. */
  known?: T[];
  /** Maximum number of items. */
  maxItems?: number;
  /** Stops after the first page for which it returns true. */
  enough?: (page: T[]) => boolean;
  /** Called with all items so far after every page; the next page waits for it. */
  onPage?: (soFar: T[]) => void | Promise<void>;
};

/**
 * Reads a whole list page by page, always with our own parameters and the last row's id as marker. `next` links are not
 * followed: they contain the service's internal address, and Watcher's lack the filters. A page is the last one if it is
 * shorter than requested and announces no next page, since a service may return less than requested.
 *
 * @throws SourceError of kind `shape` if a page has nothing new because the service ignores the marker
 */
export async function readPages<T>(request: PageRequest<T>): Promise<T[]> {
  const { source, idOf, maxItems = Number.POSITIVE_INFINITY, enough = () => false, onPage } = request;
  const { known = [] } = request;
  const all = new Map(known.map((item) => [idOf(item), item]));
  const seen = new Set(all.keys());
  let markers: string[] = known.slice(-MARKERS).map(idOf).reverse();
  for (;;) {
    const { limit, page } = await readAfter(request, maxItems - all.size, markers);
    const { items, rows, more } = page;
    const ids = rows.flatMap((row) => idOnWire(row, request.idField) ?? []);
    const isLast = rows.length === 0 || (!more && rows.length < limit);
    const isNew = ids.some((id) => !seen.has(id));
    for (const id of ids) seen.add(id);
    for (const item of items) all.set(idOf(item), item);
    await onPage?.([...all.values()]);
    if (!isLast && !isNew) {
      throw new SourceError(source, 'shape', `${SOURCE_NAMES[source]} returned the same page of a list twice.`);
    }
    if (isLast || all.size >= maxItems || enough(items)) return [...all.values()].slice(0, maxItems);
    markers = ids.slice(-MARKERS).reverse();
  }
}

/** How many rows at the end of a page can serve as marker, in case some are deleted before the next request. */
const MARKERS = 5;

/** The id of a row, which can serve as marker even if the rest of the row can't be read. */
function idOnWire(row: unknown, field: string | undefined): string | null {
  const id = isRecord(row) ? (field === undefined ? (row.id ?? row.uuid) : row[field]) : null;
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
}

/**
 * Reads the page after the first of the given ids that still exists: if the last row has been deleted in the meantime, the
 * row before it serves as marker.
 */
async function readAfter<T>(request: PageRequest<T>, most: number, markers: string[]): Promise<Sized<Page<T>>> {
  const { sizes, list, readPage } = request;
  const readFrom = (marker: string | undefined) =>
    readFitting(sizes, list, { most, read: (limit) => readPage(limit, marker) });
  for (const [attempt, marker] of markers.entries()) {
    try {
      return await readFrom(marker);
    } catch (error) {
      const refused = error instanceof SourceError && (error.status === 400 || error.status === 404);
      if (!refused || attempt === markers.length - 1) throw error;
    }
  }
  return readFrom(undefined);
}

/** Reads one page, and the rows of its list as the service sent them. */
export async function readWithRows<S extends z.ZodType>(
  session: Session,
  list: string,
  request: ReadRequest<S>,
): Promise<{ page: z.output<S>; rows: readonly unknown[] }> {
  let rows: readonly unknown[] = [];
  const onBody = (json: unknown) => {
    const found = isRecord(json) ? json[list] : null;
    rows = Array.isArray(found) ? found : [];
  };
  return { page: await session.read({ ...request, onBody }), rows };
}

type Sized<T> = { limit: number; page: T };

/**
 * Reads one page, and asks for fewer rows as long as it is over the size limit.
 *
 * @param options.most maximum number of rows
 */
export async function readFitting<T>(
  sizes: PageSizes,
  list: string,
  { most, read }: { most: number; read: (limit: number) => Promise<T> },
): Promise<Sized<T>> {
  for (;;) {
    const limit = Math.min(sizes.of(list), most);
    try {
      return { limit, page: await read(limit) };
    } catch (error) {
      const kind = error instanceof SourceError ? error.kind : null;
      if (kind === 'timeout') sizes.noteTooSlow(list, limit);
      if (kind !== 'too-large' || !sizes.noteTooLarge(list, limit)) throw error;
    }
  }
}
