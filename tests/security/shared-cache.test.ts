import { describe, expect, it } from 'vitest';
import { isManifest, type Manifest, splitIntoChunks } from '@/lib/dashboard/cache/shared-chunks';

const written = (): Manifest => {
  const manifest: Manifest = { at: 1, chunks: [], head: {}, lists: {}, records: {} };
  let number = 0;
  for (const { names } of splitIntoChunks(
    { rows: Array.from({ length: 1_200 }), groups: { a: 1 }, plain: 1 },
    manifest,
  )) {
    const name = `chunk-${number++}`;
    manifest.chunks.push(name);
    names.push(name);
  }
  return manifest;
};

describe('an entry of the shared cache', () => {
  it('is accepted as this version writes it', () => {
    expect(isManifest(JSON.parse(JSON.stringify(written())))).toBe(true);
  });

  it.each([
    ['nothing', null],
    ['a list', []],
    ['no time', { ...written(), at: '1' }],
    ['pieces that are no names', { ...written(), chunks: [1] }],
    ['more pieces than any value has', { ...written(), chunks: Array.from({ length: 10_001 }, String) }],
    ['a list of unknown pieces', { ...written(), lists: { rows: ['other'] } }],
    ['a list that repeats pieces without end', { ...written(), lists: { rows: Array(10_001).fill('chunk-0') } }],
    ['lists that are no lists', { ...written(), lists: { rows: 'chunk-0' } }],
    ['no records', { ...written(), records: undefined }],
  ])('is refused with %s', (_, found) => {
    expect(isManifest(found)).toBe(false);
  });
});
