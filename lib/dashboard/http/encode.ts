import 'server-only';
import { z } from 'zod';
import { elementOf, fieldsOf } from '@/lib/shape';
import { openYield } from '@/lib/yield';

/** Shorter lists are encoded in one go. */
const LONG = 100;

/**
 * The text of data as its contract encodes it, in pieces: a long list keeps nobody else waiting while it is made. Byte for
 * byte what `JSON.stringify(z.encode(schema, view))` gives.
 */
export async function* encodePieces<S extends z.ZodType>(schema: S, view: z.output<S>): AsyncGenerator<string> {
  const fields = longFields(schema, view);
  if (fields === null) {
    yield JSON.stringify(z.encode(schema, view));
    return;
  }
  const yieldIfDue = openYield();
  let separator = '{';
  for (const { name, schema: field, value, long } of fields) {
    const head = `${separator}${JSON.stringify(name)}:`;
    if (long) {
      yield `${head}[`;
      for (const [position, item] of long.items.entries()) {
        yield `${position === 0 ? '' : ','}${JSON.stringify(z.encode(long.element, item))}`;
        await yieldIfDue();
      }
      yield ']';
    } else {
      // An optional field that is not there has no text.
      const text: string | undefined = JSON.stringify(z.encode(field, value));
      if (text === undefined) continue;
      yield `${head}${text}`;
    }
    separator = ',';
  }
  yield '}';
}

type Field = { name: string; schema: z.ZodType; value: unknown; long: { element: z.ZodType; items: unknown[] } | null };

/** The fields of a plain object of which one is a long list; null for everything else. */
function longFields(schema: z.ZodType, view: unknown): Field[] | null {
  const schemas = fieldsOf(schema);
  if (schemas === null || typeof view !== 'object' || view === null) return null;
  const values = new Map<string, unknown>(Object.entries(view));
  const fields = [...schemas].map(([name, field]): Field => {
    const value = values.get(name);
    return { name, schema: field, value, long: longListOf(field, value) };
  });
  return fields.some(({ long }) => long !== null) ? fields : null;
}

function longListOf(field: z.ZodType, value: unknown): Field['long'] {
  const element = elementOf(field);
  return element !== null && Array.isArray(value) && value.length > LONG ? { element, items: value } : null;
}
