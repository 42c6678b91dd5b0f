/**
 * Where Next keeps what `unstable_cache` stores: in the memory of this process and nowhere else. Nothing survives a
 * restart and nothing is written to disk.
 */
import { LRUCache } from 'lru-cache';

const MAX_BYTES = 128 * 1024 * 1024;
const ENTRY_BYTES = 512;

const sizeOf = ({ value }) => ENTRY_BYTES + (value.data?.body?.length ?? value.html?.length ?? value.body?.length ?? 0);

/** In module scope, since Next creates a handler object for every request. */
const entries = new LRUCache({ maxSize: MAX_BYTES, sizeCalculation: sizeOf });
const expiredTags = new Map();

export default class MemoryHandler {
  async get(key) {
    const entry = entries.get(key);
    return entry && !entry.tags.some((tag) => (expiredTags.get(tag) ?? 0) >= entry.lastModified) ? entry : null;
  }

  async set(key, value, context) {
    if (value) entries.set(key, { value, lastModified: Date.now(), tags: context?.tags ?? [] });
    else entries.delete(key);
  }

  async revalidateTag(tags) {
    for (const tag of [tags].flat()) expiredTags.set(tag, Date.now());
  }

  resetRequestCache() {}
}
