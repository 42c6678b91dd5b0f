import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeAnswer } from '@/components/live/wire';
import { OPEN_FIELDS, TIME_FIELDS } from '@/lib/contract/choices';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { auditDetailSchema, auditListSchema } from '@/lib/contract/v1/audits';
import { overviewSchema } from '@/lib/contract/v1/overview';
import { sourcesSchema } from '@/lib/contract/v1/sources';
import { detail, list, summary } from './audit-samples';
import { FULL, NOW, SOURCES } from './samples';

/** What a field of a schema holds, as far as decoding is concerned. */
type Field = { name: string; holds: 'time' | 'open' | 'other'; inOpen: boolean };

/** Every named field of a schema, however deep. */
function fieldsOf(schema: unknown, name = '', inOpen = false): Field[] {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) {
    return fieldsOf(schema.unwrap(), name, inOpen);
  }
  if (schema instanceof z.ZodCodec && schema.in instanceof z.ZodISODateTime) return [{ name, holds: 'time', inOpen }];
  if (schema instanceof z.ZodRecord) {
    return [{ name, holds: 'open', inOpen }, ...fieldsOf(schema.valueType, '', true)];
  }
  if (schema instanceof z.ZodUnknown) return [{ name, holds: 'open', inOpen }];
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element, name, inOpen);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((option) => fieldsOf(option, name, inOpen));
  if (schema instanceof z.ZodObject) {
    const inside = Object.entries(schema.shape).flatMap(([key, value]) => fieldsOf(value, key, inOpen));
    return name === '' ? inside : [{ name, holds: 'other', inOpen }, ...inside];
  }
  return [{ name, holds: 'other', inOpen }];
}

const FIELDS = Object.values(ENDPOINTS)
  .filter(({ path }) => path.startsWith('/api/v1/'))
  .flatMap(({ answer }) => fieldsOf(answer));

const namesOf = (holds: Field['holds']) =>
  new Set(FIELDS.filter((field) => field.holds === holds).map(({ name }) => name));

describe('the names by which the browser decodes an answer', () => {
  it('list every field of the contract that holds a time, and no other', () => {
    expect([...TIME_FIELDS].sort()).toEqual([...namesOf('time')].sort());
  });

  it('list every field whose keys or values are not part of the contract', () => {
    const open = FIELDS.filter(({ holds, inOpen }) => holds === 'open' && !inOpen).map(({ name }) => name);
    expect([...OPEN_FIELDS].sort()).toEqual([...new Set(open)].sort());
  });

  it('mean one thing: no field of the same name holds anything else', () => {
    const others = namesOf('other');
    expect([...TIME_FIELDS, ...OPEN_FIELDS].filter((name) => others.has(name))).toEqual([]);
  });

  it('hide no time inside a field that is not decoded', () => {
    expect(FIELDS.filter(({ holds, inOpen }) => holds === 'time' && inOpen)).toEqual([]);
  });
});

describe('an answer of the typed API in the browser', () => {
  it.each([
    ['audit', auditDetailSchema, detail()],
    ['audits', auditListSchema, list([summary()])],
    ['overview', overviewSchema, FULL],
    ['sources', sourcesSchema, SOURCES],
  ] as const)('is what the schema makes of it: %s', (_, schema: z.ZodType, view) => {
    const wire = JSON.parse(JSON.stringify(z.encode(schema, view)));
    const before = structuredClone(wire);
    expect(decodeAnswer(wire)).toEqual(z.decode(schema, wire));
    expect(wire).toEqual(before);
  });

  it('has times as numbers, and leaves alone what the author of an audit wrote', () => {
    const at = new Date(NOW).toISOString();
    expect(decodeAnswer({ created_at: at, parameters: { start_at: at } })).toEqual({
      created_at: NOW,
      parameters: { start_at: at },
    });
  });
});
