/**
 * Pages of lists in an order. One page of fifty thousand VMs needs no order of all the others.
 *
 * @param compare never 0 for different items, so that pages neither repeat nor miss any
 */
export function pageIn<T>(
  items: T[],
  { offset, limit }: { offset: number; limit: number },
  compare: (a: T, b: T) => number,
): T[] {
  const end = Math.min(items.length, offset + limit);
  if (offset >= end) return [];
  if (end < items.length / 8) return firstOf(items, end, compare).slice(offset);
  return fromMiddle(items, { offset, end }, compare) ?? items.toSorted(compare).slice(offset, end);
}

const SAMPLED = 1_000;
/** A sample of a thousand puts an item at most so many places wrong, nearly always. */
const MARGIN = 40;

/** What a sample says is around the page is put in order, and nothing else; null if the sample misled. */
function fromMiddle<T>(
  items: T[],
  { offset, end }: { offset: number; end: number },
  compare: (a: T, b: T) => number,
): T[] | null {
  const step = items.length / SAMPLED;
  if (step < 2) return null;
  // Not every fiftieth: names often repeat in steps. The golden ratio spreads evenly without any step.
  const sampled = (i: number) => items[Math.floor(step * (i + ((i * 0.618034) % 1)))];
  const sample = Array.from({ length: SAMPLED }, (_, i) => sampled(i)).filter((one) => one !== undefined);
  sample.sort(compare);
  const low = sample[Math.floor(offset / step) - MARGIN];
  const high = sample[Math.ceil(end / step) + MARGIN];
  let before = 0;
  const around: T[] = [];
  for (const item of items) {
    if (low !== undefined && compare(item, low) < 0) before++;
    else if (high === undefined || compare(item, high) <= 0) around.push(item);
  }
  if (before > offset || before + around.length < end) return null;
  return around.sort(compare).slice(offset - before, end - before);
}

/** The first items: most of a long list are only compared with the last of them. @param compare as above */
export function firstOf<T>(items: T[], most: number, compare: (a: T, b: T) => number): T[] {
  if (most >= items.length / 8) return items.toSorted(compare).slice(0, most);
  const heap: T[] = [];
  for (const item of items) {
    const [last] = heap;
    if (heap.length < most) rise(heap, item, compare);
    else if (last !== undefined && compare(item, last) < 0) sink(heap, item, compare);
  }
  return heap.sort(compare);
}

/** Adds an item; the last in order is on top. */
function rise<T>(heap: T[], item: T, compare: (a: T, b: T) => number): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    const other = heap[above];
    if (other === undefined || compare(item, other) <= 0) break;
    heap[at] = other;
    at = above;
  }
  heap[at] = item;
}

/** Replaces the top. */
function sink<T>(heap: T[], item: T, compare: (a: T, b: T) => number): void {
  let at = 0;
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
    const isRight = left !== undefined && right !== undefined && compare(right, left) > 0;
    const below = isRight ? right : left;
    if (below === undefined || compare(item, below) >= 0) break;
    heap[at] = below;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = item;
}
