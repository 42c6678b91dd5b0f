import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { encodePieces, type Streamed } from '@/lib/dashboard/http/encode';

const tenths = z.codec(z.number(), z.number(), {
  decode: (value) => value,
  encode: (value) => Math.round(value * 10) / 10,
});
const row = z.object({ name: z.string(), cpu: tenths.nullable(), note: z.string().optional() });
const schema = z.object({
  total: z.number(),
  rows: z.array(row),
  note: z.string().optional(),
  first: row.nullable(),
  others: z.array(row),
});
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ name: `host "${i}"\n`, cpu: i % 3 === 0 ? null : i / 7 }));

async function textOf<S extends z.ZodType>(
  of: S,
  view: Streamed<z.output<S>>,
): Promise<{ text: string; pieces: number }> {
  const pieces: string[] = [];
  for await (const piece of encodePieces(of, view)) pieces.push(piece);
  return { text: pieces.join(''), pieces: pieces.length };
}

describe('encoding an answer in pieces', () => {
  it.each([
    ['one long list', { total: 300, rows: rows(300), first: { name: 'a', cpu: 0.123 }, others: [] }],
    ['two long lists', { total: 101, rows: rows(101), note: 'kept', first: null, others: rows(250) }],
  ])('gives the same text as encoding at once: %s', async (_, view) => {
    const { text, pieces } = await textOf(schema, view);
    expect(text).toBe(JSON.stringify(z.encode(schema, view)));
    expect(pieces).toBeGreaterThan(100);
  });

  it('gives one piece without a long list, and where a rule needs the whole answer', async () => {
    const short = { total: 1, rows: rows(100), first: null, others: [] };
    expect((await textOf(schema, short)).pieces).toBe(1);
    const ruled = schema.refine(({ total, rows: all }) => total === all.length);
    expect((await textOf(ruled, { total: 300, rows: rows(300), first: null, others: [] })).pieces).toBe(1);
    await expect(textOf(ruled, { total: 1, rows: rows(300), first: null, others: [] })).rejects.toThrow();
  });

  it('streams rows one by one, however few, with the same text as a list', async () => {
    const view = { total: 3, rows: rows(3), first: null, others: [] };
    const streamed = { ...view, rows: rows(3).values() };
    const { text, pieces } = await textOf(schema, streamed);
    expect(text).toBe(JSON.stringify(z.encode(schema, view)));
    expect(pieces).toBeGreaterThan(3);
    expect((await textOf(schema, { ...view, rows: rows(0).values() })).text).toContain('"rows":[]');
  });

  it('leaves out what the contract does not know, and throws for what is wrong', async () => {
    const view = { total: 200, rows: rows(200).map((one) => ({ ...one, secret: 'x' })), first: null, others: [] };
    expect((await textOf(schema, view)).text).not.toContain('secret');
    const wrong = { ...view, rows: [...view.rows, { name: 'b', cpu: Number.NaN }] };
    await expect(textOf(schema, wrong)).rejects.toThrow();
  });
});
