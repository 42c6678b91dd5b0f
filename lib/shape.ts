import { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from './errors';
import { openYield, yieldNow } from './yield';

/** Which response was checked, for error messages. */
type Origin = {
  source: Source;
  /** The call, for people: "servers/detail". */
  what: string;
  /** HTTP status. */
  status: number;
};

/** Parses a response as JSON. @throws SourceError of kind `shape` */
export function parseText(text: string, { source, what, status }: Origin): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${SOURCE_NAMES[source]}'s response to ${what} is not JSON.`;
    throw new SourceError(source, 'shape', message, { status, cause });
  }
}

/** Validates a response. Ignores unknown fields and names the first invalid one. @throws SourceError of kind `shape` */
export function checkShape<S extends z.ZodType>(json: unknown, schema: S, origin: Origin): z.output<S> {
  return checkPart(json, schema, origin);
}

/** Where a part is in the response: its field, and the index of its first row if the field is a list. */
type Place = { field?: string; from?: number };

function checkPart<S extends z.ZodType>(
  json: unknown,
  schema: S,
  { source, what, status, field: within, from = 0 }: Origin & Place,
): z.output<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const [first, ...others] = issue?.path ?? [];
  const inside = first === undefined ? [] : [typeof first === 'number' ? first + from : first, ...others];
  const path = [within ?? [], inside].flat().map(String).join('.') || 'the whole response';
  throw new SourceError(
    source,
    'shape',
    `${SOURCE_NAMES[source]}'s response to ${what} has an unexpected value in ${path}: ${issue?.message ?? 'unknown'}.`,
    { status, cause: parsed.error },
  );
}

/** Parses and validates a response. @throws SourceError of kind `shape` */
export function parseJson<S extends z.ZodType>(
  { text, status }: { text: string; status: number },
  schema: S,
  from: Omit<Origin, 'status'>,
): z.output<S> {
  const origin = { ...from, status };
  return checkShape(parseText(text, origin), schema, origin);
}

/** Rows to check before yielding to the event loop. */
const ROWS = 100;

/**
 * Like checkShape, but checks long lists and records at the top level of an object in parts, so that thousands of rows
 * don't block the event loop.
 *
 * @throws SourceError of kind `shape`
 */
export async function checkInSteps<S extends z.ZodType>(
  json: unknown,
  schema: S,
  origin: Origin,
): Promise<z.output<S>> {
  const long = longFields(json, schema);
  if (long.length === 0) return checkShape(json, schema, origin);
  await yieldNow();
  const yieldIfDue = openYield();
  const emptied = Object.fromEntries(long.map(({ name, value }) => [name, Array.isArray(value) ? [] : {}]));
  // Only an object has long fields.
  const whole = checkShape({ ...(json as object), ...emptied }, schema, origin);
  const filled: Record<string, unknown> = {};
  for (const { name, field, value } of long) {
    if (Array.isArray(value)) {
      const rows: unknown[] = [];
      for (let from = 0; from < value.length; from += ROWS) {
        const part = checkPart(value.slice(from, from + ROWS), field, { ...origin, field: name, from });
        // The output of a list's schema is a list.
        for (const row of part as unknown[]) rows.push(row);
        await yieldIfDue();
      }
      filled[name] = rows;
    } else {
      const rows: Record<string, unknown> = {};
      const entries = Object.entries(value);
      for (let from = 0; from < entries.length; from += ROWS) {
        const part = Object.fromEntries(entries.slice(from, from + ROWS));
        Object.assign(rows, checkPart(part, field, { ...origin, field: name }));
        await yieldIfDue();
      }
      filled[name] = rows;
    }
  }
  // Every field was produced by the schema.
  return { ...(whole as object), ...filled } as z.output<S>;
}

type LongField = { name: string; field: z.ZodType; value: unknown[] | object };

/** Whether the schema has checks on the whole value, so that its parts can't be checked separately. */
const hasRules = (schema: z.ZodType): boolean => (schema.def.checks?.length ?? 0) > 0;

/** The fields of a plain object schema, in order; null for any other schema. */
export function fieldsOf(schema: z.ZodType): Map<string, z.ZodType> | null {
  return schema instanceof z.ZodObject && !hasRules(schema) ? new Map(Object.entries<z.ZodType>(schema.shape)) : null;
}

/** The row schema of a plain list schema; null for any other schema. */
export function elementOf(schema: z.ZodType): z.ZodType | null {
  // zod types an array's element more loosely than it is.
  return schema instanceof z.ZodArray && !hasRules(schema) ? (schema.element as z.ZodType) : null;
}

function longFields(json: unknown, schema: z.ZodType): LongField[] {
  const fields = fieldsOf(schema);
  if (fields === null || typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([name, value]: [string, unknown]): LongField[] => {
    const field = fields.get(name);
    if (field === undefined || hasRules(field)) return [];
    if (elementOf(field) !== null) return Array.isArray(value) && value.length > ROWS ? [{ name, field, value }] : [];
    if (!(field instanceof z.ZodRecord) || typeof value !== 'object' || value === null) return [];
    return Object.keys(value).length > ROWS ? [{ name, field, value }] : [];
  });
}
