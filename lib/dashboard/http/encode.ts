import 'server-only';
import { z } from 'zod';
import { elementOf, fieldsOf } from '@/lib/shape';
import { yieldIfDue } from '@/lib/yield';

/** Data of a contract whose lists may be produced one row at a time. */
export type Streamed<T> = T extends object
  ? { [Field in keyof T]: T[Field] extends (infer Row)[] ? Iterable<Row> : T[Field] }
  : T;

/** Arrays up to this length are encoded at once. */
const LONG = 100;

/**
 * The JSON text of data as its contract encodes it, in pieces: yields to other requests between the rows of long or
 * streamed lists. Byte for byte the same as `JSON.stringify(z.encode(schema, view))`.
 */
export async function* encodePieces<S extends z.ZodType>(
  schema: S,
  view: Streamed<z.output<S>>,
): AsyncGenerator<string> {
  const fields = longFields(schema, view);
  if (fields === null) {
    // Without a long or streamed list it is plain data of the contract.
    yield JSON.stringify(z.encode(schema, view as z.output<S>));
    return;
  }
  let separator = '{';
  for (const { name, schema: field, value, rows } of fields) {
    const head = `${separator}${JSON.stringify(name)}:`;
    if (rows) {
      yield `${head}[`;
      let comma = '';
      for (const row of rows.values) {
        yield `${comma}${JSON.stringify(z.encode(rows.schema, row))}`;
        comma = ',';
        await yieldIfDue();
      }
      yield ']';
    } else {
      // An absent optional field has no text.
      const text: string | undefined = JSON.stringify(z.encode(field, value));
      if (text === undefined) continue;
      yield `${head}${text}`;
    }
    separator = ',';
  }
  yield '}';
}

/** `rows`: the rows of a long or streamed list, which are encoded one by one. */
type Field = {
  name: string;
  schema: z.ZodType;
  value: unknown;
  rows: { schema: z.ZodType; values: Iterable<unknown> } | null;
};

/** The fields of a plain object that has a long or streamed list; null for everything else. */
function longFields(schema: z.ZodType, view: unknown): Field[] | null {
  const schemas = fieldsOf(schema);
  if (schemas === null || typeof view !== 'object' || view === null) return null;
  const values = new Map<string, unknown>(Object.entries(view));
  const fields = [...schemas].map(([name, field]): Field => {
    const value = values.get(name);
    const element = elementOf(field);
    const rows = element !== null && isLong(value) ? { schema: element, values: value } : null;
    return { name, schema: field, value, rows };
  });
  return fields.some(({ rows }) => rows !== null) ? fields : null;
}

function isLong(value: unknown): value is Iterable<unknown> {
  if (Array.isArray(value)) return value.length > LONG;
  return typeof value === 'object' && value !== null && Symbol.iterator in value;
}
