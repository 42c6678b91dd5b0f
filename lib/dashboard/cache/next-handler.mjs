/**
 * Where Next keeps what `unstable_cache` stores: in the memory of this process, and nowhere else. Nothing of one run is
 * served by the next, nothing is written to disk, and no entry is refused for its size.
 */
const MAX_BYTES = 128 * 1024 * 1024;

/** Module scope: Next makes a handler object for each request. The least recently used entry is first. */
const entries = new Map();
const expiredTags = new Map();
let bytes = 0;

const sizeOf = (value) => 512 + (value?.data?.body?.length ?? value?.html?.length ?? value?.body?.length ?? 0);

function remove(key) {
  const entry = entries.get(key);
  if (!entry) return;
  bytes -= entry.size;
  entries.delete(key);
}

export default class MemoryHandler {
  async get(key) {
    const entry = entries.get(key);
    if (!entry || entry.tags.some((tag) => (expiredTags.get(tag) ?? 0) >= entry.lastModified)) return null;
    entries.delete(key);
    entries.set(key, entry);
    return entry;
  }

  async set(key, value, context) {
    remove(key);
    if (!value) return;
    const entry = { value, lastModified: Date.now(), tags: context?.tags ?? [], size: sizeOf(value) };
    entries.set(key, entry);
    bytes += entry.size;
    for (const oldest of entries.keys()) {
      if (bytes <= MAX_BYTES) break;
      remove(oldest);
    }
  }

  async revalidateTag(tags) {
    for (const tag of [tags].flat()) expiredTags.set(tag, Date.now());
  }

  resetRequestCache() {}
}
