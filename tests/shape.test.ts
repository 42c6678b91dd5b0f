import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkInSteps, checkShape, parseJson } from '@/lib/shape';

const schema = z.object({
  list: z.array(z.object({ id: z.string().transform((id) => id.toUpperCase()) })),
  by_name: z.record(z.string(), z.object({ used: z.number() })).optional(),
  more: z.string().default('none'),
});
const origin = { source: 'nova', what: 'servers', status: 200 } as const;

describe('parseJson', () => {
  const response = (text: string) => ({ status: 200, text });
  const servers = { source: 'nova', what: 'servers' } as const;

  it('ignores unknown fields and names an invalid one', () => {
    expect(parseJson(response('{"list":[{"id":"a","more":1}],"new":2}'), schema, servers)).toEqual({
      list: [{ id: 'A' }],
      more: 'none',
    });
    expect(() => parseJson(response('{"list":[{"id":7}]}'), schema, servers)).toThrow(
      /servers has an unexpected value in list\.0\.id/,
    );
    expect(() => parseJson(response('{"list":'), schema, servers)).toThrow(/not JSON/);
  });
});

describe('checkInSteps', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `a${i}`, extra: i }));
  const named = (count: number) => Object.fromEntries(rows(count).map(({ id, extra }) => [id, { used: extra }]));

  it.each([
    ['no rows', { list: [] }],
    ['few rows', { list: rows(3), by_name: named(3) }],
    ['a long list', { list: rows(250), new: 1 }],
    ['a long record', { list: rows(1), by_name: named(301), more: 'some' }],
    ['a long list and a long record', { list: rows(101), by_name: named(101) }],
  ])('returns the same as checkShape for %s', async (_, json) => {
    expect(await checkInSteps(json, schema, origin)).toEqual(checkShape(json, schema, origin));
  });

  it.each([
    ['a row', { list: [...rows(240), { id: 7 }, ...rows(20)] }],
    ['an entry', { list: [], by_name: { ...named(240), last: { used: 'x' } } }],
    ['a field next to them', { list: rows(240), more: 7 }],
    ['a record instead of a list', { list: named(240) }],
    ['a list instead of a record', { list: [], by_name: rows(240) }],
    ['the whole response', rows(240)],
  ])('names the same invalid value as checkShape: %s', async (_, json) => {
    let message = '';
    try {
      checkShape(json, schema, origin);
    } catch (error) {
      message = String(error);
    }
    expect(message).not.toBe('');
    await expect(checkInSteps(json, schema, origin)).rejects.toThrow(message.replace(/^\w+: /, ''));
  });

  it('yields to the event loop', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await checkInSteps({ list: rows(100_000) }, schema, origin);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
