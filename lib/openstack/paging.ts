import { SOURCE_NAMES, type Source, SourceError } from '../errors';

/** The services' default page limit. */
const PAGE_SIZE = 1000;

export type Page<T> = {
  items: T[];
  /** Whether the service announces another page. If it does so with a link, the link itself is never used. */
  more: boolean;
};

type PageRequest<T> = {
  source: Source;
  /** Reads `limit` items after the one with the id `marker`. */
  readPage: (limit: number, marker: string | undefined) => Promise<Page<T>>;
  /** The id that the service accepts as marker. */
  idOf: (item: T) => string;
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
 * Reads a whole list page by page, always with our own parameters and the last item's id as marker. `next` links are not
 * followed: they contain the service's internal address, and Watcher's lack the filters. A page is the last one if it is
 * shorter than requested and announces no next page, since a service may return less than requested.
 *
 * @throws SourceError of kind `shape` if a page has nothing new because the service ignores the marker
 */
export async function readPages<T>(request: PageRequest<T>): Promise<T[]> {
  const { source, idOf, maxItems = Number.POSITIVE_INFINITY, enough = () => false, onPage } = request;
  const { known = [] } = request;
  const all = new Map(known.map((item) => [idOf(item), item]));
  let markers: string[] = known.slice(-MARKERS).map(idOf).reverse();
  for (;;) {
    const limit = Math.min(PAGE_SIZE, maxItems - all.size);
    const { items, more } = await readAfter(request, limit, markers);
    const before = all.size;
    for (const item of items) all.set(idOf(item), item);
    await onPage?.([...all.values()]);
    const last = items.at(-1);
    if (last !== undefined && all.size === before) {
      throw new SourceError(source, 'shape', `${SOURCE_NAMES[source]} returned the same page of a list twice.`);
    }
    if (last === undefined || (!more && items.length < limit) || all.size >= maxItems || enough(items)) {
      return [...all.values()].slice(0, maxItems);
    }
    markers = items.slice(-MARKERS).map(idOf).reverse();
  }
}

/** How many items at the end of a page can serve as marker, in case some are deleted before the next request. */
const MARKERS = 5;

/**
 * Reads the page after the first of the given ids that still exists: if the last item has been deleted in the meantime, the
 * item before it serves as marker.
 */
async function readAfter<T>({ readPage }: PageRequest<T>, limit: number, markers: string[]): Promise<Page<T>> {
  for (const [attempt, marker] of markers.entries()) {
    try {
      return await readPage(limit, marker);
    } catch (error) {
      const refused = error instanceof SourceError && (error.status === 400 || error.status === 404);
      if (!refused || attempt === markers.length - 1) throw error;
    }
  }
  return readPage(limit, undefined);
}
