import { SOURCE_NAMES, type Source, SourceError } from '../errors';

/** What services give at most in one answer, by default. */
const PAGE_SIZE = 1000;

export type Page<T> = {
  items: T[];
  /** The service says that more follow. Where it says so by a link, the link itself is never used. */
  more: boolean;
};

/**
 * Reads a list to its end, page by page, always with our own parameters and the id of the last item as marker: a `next`
 * link is built from what the service takes for its address, and Watcher's loses the filters.
 *
 * @param idOf the id that the service takes as marker
 * @param enough stops early, after a page for which it is true
 * @throws SourceError of kind `shape` where a page repeats an item: the service turns in a circle
 */
export async function readPages<T>(
  source: Source,
  readPage: (limit: number, marker: string | undefined) => Promise<Page<T>>,
  idOf: (item: T) => string,
  enough: (page: T[]) => boolean = () => false,
): Promise<T[]> {
  const all: T[] = [];
  const seen = new Set<string>();
  let marker: string | undefined;
  for (;;) {
    const { items, more } = await readPage(PAGE_SIZE, marker);
    const last = items.at(-1);
    if (items.some((item) => seen.has(idOf(item)))) break;
    for (const item of items) seen.add(idOf(item));
    all.push(...items);
    if (last === undefined || !more || enough(items)) return all;
    marker = idOf(last);
  }
  throw new SourceError(source, 'shape', `${SOURCE_NAMES[source]} repeats the same page of a list.`);
}
