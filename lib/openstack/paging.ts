import { SOURCE_NAMES, type Source, SourceError } from '../errors';

/** What services give at most in one answer, by default. */
const PAGE_SIZE = 1000;

export type Page<T> = {
  items: T[];
  /** The service says that more follow. Where it says so by a link, the link itself is never used. */
  more: boolean;
};

type PageRequest<T> = {
  source: Source;
  /** Asks for `limit` items after the one whose id is `marker`. */
  readPage: (limit: number, marker: string | undefined) => Promise<Page<T>>;
  /** The id that the service takes as marker. */
  idOf: (item: T) => string;
  /** What an earlier attempt has read, to go on from. */
  known?: T[];
  /** Not more items than these. */
  most?: number;
  /** Stops early, after a page for which it is true. */
  enough?: (page: T[]) => boolean;
  /** Is shown all items so far, after every page; the next one waits for it. */
  onPage?: (soFar: T[]) => void | Promise<void>;
};

/**
 * Reads a list to its end, page by page, always with our own parameters and the id of the last item as marker: a `next`
 * link is built from what the service takes for its address, and Watcher's loses the filters. A page that is shorter than
 * asked and says nothing of a next one is the last; a service may give less at once than we ask for.
 *
 * @throws SourceError of kind `shape` where a page brings nothing new: the service does not heed the marker
 */
export async function readPages<T>(request: PageRequest<T>): Promise<T[]> {
  const { source, idOf, most = Number.POSITIVE_INFINITY, enough = () => false, onPage } = request;
  const { known = [] } = request;
  const all = new Map(known.map((item) => [idOf(item), item]));
  let markers: string[] = known.slice(-MARKERS).map(idOf).reverse();
  for (;;) {
    const limit = Math.min(PAGE_SIZE, most - all.size);
    const { items, more } = await readAfter(request, limit, markers);
    const before = all.size;
    for (const item of items) all.set(idOf(item), item);
    await onPage?.([...all.values()]);
    const last = items.at(-1);
    if (last !== undefined && all.size === before) {
      throw new SourceError(source, 'shape', `${SOURCE_NAMES[source]} repeats the same page of a list.`);
    }
    if (last === undefined || (!more && items.length < limit) || all.size >= most || enough(items)) {
      return [...all.values()].slice(0, most);
    }
    markers = items.slice(-MARKERS).map(idOf).reverse();
  }
}

/** So many items of the page before may go away while the next one is asked for. */
const MARKERS = 5;

/**
 * The page after the first of the given ids that the service still knows: an item that is deleted while its list is read is
 * no place to go on from, but the one before it is.
 */
async function readAfter<T>({ readPage }: PageRequest<T>, limit: number, markers: string[]): Promise<Page<T>> {
  for (const [tried, marker] of markers.entries()) {
    try {
      return await readPage(limit, marker);
    } catch (error) {
      const refused = error instanceof SourceError && (error.status === 400 || error.status === 404);
      if (!refused || tried === markers.length - 1) throw error;
    }
  }
  return readPage(limit, undefined);
}
