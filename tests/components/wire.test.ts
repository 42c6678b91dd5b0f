import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodeAnswer } from '@/components/live/wire';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { auditDetailSchema, auditListSchema } from '@/lib/contract/v1/audits';
import { overviewSchema } from '@/lib/contract/v1/overview';
import { sourcesSchema } from '@/lib/contract/v1/sources';
import { detail, list, summary } from './audit-samples';
import { FULL, NOW, SOURCES } from './samples';

/** What a browser makes of an answer: through JSON, without the schemas. */
const received = (schema: z.ZodType, view: unknown) => decodeAnswer(JSON.parse(JSON.stringify(z.encode(schema, view))));

/** Names of all fields of the typed API that hold a time, found in its schemas. */
function timeFields(schema: unknown, name = '', found = new Set<string>()): Set<string> {
  if (!(schema instanceof z.ZodType)) return found;
  if (schema instanceof z.ZodCodec && schema.in instanceof z.ZodISODateTime) found.add(name);
  else if (schema instanceof z.ZodObject)
    for (const [key, value] of Object.entries(schema.shape)) timeFields(value, key, found);
  else if (schema instanceof z.ZodArray) timeFields(schema.element, name, found);
  else if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) timeFields(schema.unwrap(), name, found);
  return found;
}

describe('an answer of the typed API in the browser', () => {
  it.each([
    ['audit', auditDetailSchema, detail()],
    ['audits', auditListSchema, list([summary()])],
    ['overview', overviewSchema, FULL],
    ['sources', sourcesSchema, SOURCES],
  ] as const)('%s is what the schema makes of it', (_, schema, view) => {
    const wire = JSON.parse(JSON.stringify(z.encode(schema as z.ZodType, view)));
    expect(received(schema, view)).toEqual(z.decode(schema as z.ZodType, wire));
  });

  it('every field that holds a time becomes a number', () => {
    const names = Object.values(ENDPOINTS)
      .filter(({ path }) => path.startsWith('/api/v1/'))
      .flatMap(({ answer }) => [...timeFields(answer)]);
    expect(names).toContain('created_at');
    const at = new Date(NOW).toISOString();
    for (const name of new Set(names)) expect(decodeAnswer({ [name]: at })).toEqual({ [name]: NOW });
  });

  it('leaves alone what an audit’s author wrote', () => {
    const foreign = { parameters: { start_at: '2026-02-12T02:46:00Z' } };
    expect(decodeAnswer(foreign)).toEqual(foreign);
  });
});
