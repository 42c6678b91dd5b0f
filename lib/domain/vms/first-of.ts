/**
 * The first items in an order. One page of fifty thousand VMs needs no order of all the others: most are only compared with
 * the last of the page.
 *
 * @param compare never 0 for different items, so that pages neither repeat nor miss any
 */
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
