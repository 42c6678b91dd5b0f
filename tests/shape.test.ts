import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkInSteps, checkShape, parseJson } from '@/lib/shape';

const schema = z.object({
  list: z.array(z.object({ id: z.string().transform((id) => id.toUpperCase()) })),
  by_name: z.record(z.string(), z.object({ used: z.number() })).optional(),
  more: z.string().default('none'),
});
const origin = { source: 'nova', what: 'servers', status: 200 } as const;

describe('an answer', () => {
  const answer = (text: string) => ({ status: 200, text });

  it('is checked: unknown fields are forgiven, a wrong one is named', () => {
    expect(parseJson(answer('{"list":[{"id":"a","more":1}],"new":2}'), schema, 'nova', 'servers')).toEqual({
      list: [{ id: 'A' }],
      more: 'none',
    });
    expect(() => parseJson(answer('{"list":[{"id":7}]}'), schema, 'nova', 'servers')).toThrow(
      /servers has an unexpected value in list\.0\.id/,
    );
    expect(() => parseJson(answer('{"list":'), schema, 'nova', 'servers')).toThrow(/not JSON/);
  });
});

describe('an answer with many rows', () => {
  const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `a${i}`, extra: i }));
  const named = (count: number) => Object.fromEntries(rows(count).map(({ id, extra }) => [id, { used: extra }]));

  it.each([
    ['none', { list: [] }],
    ['few', { list: rows(3), by_name: named(3) }],
    ['a long list', { list: rows(250), new: 1 }],
    ['a long record', { list: rows(1), by_name: named(301), more: 'some' }],
    ['both', { list: rows(101), by_name: named(101) }],
  ])('is read as if in one go: %s', async (_, json) => {
    expect(await checkInSteps(json, schema, origin)).toEqual(checkShape(json, schema, origin));
  });

  it.each([
    ['a row', { list: [...rows(240), { id: 7 }, ...rows(20)] }],
    ['an entry', { list: [], by_name: { ...named(240), last: { used: 'x' } } }],
    ['a field beside them', { list: rows(240), more: 7 }],
    ['what should be a list', { list: named(240) }],
    ['a list instead of a record', { list: [], by_name: rows(240) }],
    ['all of it', rows(240)],
  ])('names the same wrong value: %s', async (_, json) => {
    const inOneGo = () => checkShape(json, schema, origin);
    let message = '';
    try {
      inOneGo();
    } catch (error) {
      message = String(error);
    }
    expect(message).not.toBe('');
    await expect(checkInSteps(json, schema, origin)).rejects.toThrow(message.replace(/^\w+: /, ''));
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    await checkInSteps({ list: rows(100_000) }, schema, origin);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(0);
  });
});
