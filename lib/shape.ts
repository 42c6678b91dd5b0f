import { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from './errors';
import { openYield, yieldNow } from './yield';

/** What an answer is of, for whoever reads that it is not as it should be. */
export type Origin = {
  source: Source;
  /** The call, for people: "servers/detail". */
  what: string;
  /** Of the answer; HTTP. */
  status: number;
};

/** An answer's text as JSON. @throws SourceError of kind `shape` */
export function parseText(text: string, { source, what, status }: Origin): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const message = `${SOURCE_NAMES[source]} answered ${what} with something that is not JSON.`;
    throw new SourceError(source, 'shape', message, { status, cause });
  }
}

/** Unknown fields are forgiven, a wrong one is named. @throws SourceError of kind `shape` */
export function checkShape<S extends z.ZodType>(json: unknown, schema: S, origin: Origin): z.output<S> {
  return checkPart(json, schema, origin, []);
}

/** @param within where the part is in the answer @param from the place of a list's first row */
function checkPart<S extends z.ZodType>(
  json: unknown,
  schema: S,
  { source, what, status }: Origin,
  within: string[],
  from = 0,
): z.output<S> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const [first, ...others] = issue?.path ?? [];
  const inside = first === undefined ? [] : [typeof first === 'number' ? first + from : first, ...others];
  const field = [...within, ...inside].map(String).join('.') || 'the whole answer';
  throw new SourceError(
    source,
    'shape',
    `${SOURCE_NAMES[source]}'s answer to ${what} has an unexpected value in ${field}: ${issue?.message ?? 'unknown'}.`,
    { status, cause: parsed.error },
  );
}

/** The text of an answer as data of the given shape. @throws SourceError of kind `shape` */
export function parseJson<S extends z.ZodType>(
  { text, status }: { text: string; status: number },
  schema: S,
  source: Source,
  what: string,
): z.output<S> {
  const origin = { source, what, status };
  return checkShape(parseText(text, origin), schema, origin);
}

/** So many rows are looked at between two chances for others. */
const ROWS = 100;

/**
 * The same, and nobody else has to wait for a thousand rows: long lists and records at the top of a plain object are
 * looked at in parts.
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
  const whole = checkShape({ ...(json as object), ...emptied }, schema, origin);
  const filled: Record<string, unknown> = {};
  for (const { name, field, value } of long) {
    if (Array.isArray(value)) {
      const rows: unknown[] = [];
      for (let from = 0; from < value.length; from += ROWS) {
        const part = checkPart(value.slice(from, from + ROWS), field, origin, [name], from);
        // What a list's schema makes is a list.
        for (const row of part as unknown[]) rows.push(row);
        await yieldIfDue();
      }
      filled[name] = rows;
    } else {
      const rows: Record<string, unknown> = {};
      const entries = Object.entries(value);
      for (let from = 0; from < entries.length; from += ROWS) {
        const part = Object.fromEntries(entries.slice(from, from + ROWS));
        Object.assign(rows, checkPart(part, field, origin, [name]));
        await yieldIfDue();
      }
      filled[name] = rows;
    }
  }
  // Every field is of the schema's own making.
  return { ...(whole as object), ...filled } as z.output<S>;
}

type LongField = { name: string; field: z.ZodType; value: unknown[] | object };

/** Whether it looks at more than its parts do, so that it can't be taken apart. */
const hasRules = (schema: z.ZodType): boolean => (schema.def.checks?.length ?? 0) > 0;

/** The fields of a plain object, in order; null for everything that can't be taken apart into such. */
export function fieldsOf(schema: z.ZodType): Map<string, z.ZodType> | null {
  return schema instanceof z.ZodObject && !hasRules(schema) ? new Map(Object.entries<z.ZodType>(schema.shape)) : null;
}

/** The schema of each row of a plain list; null for everything else. */
export function elementOf(schema: z.ZodType): z.ZodType | null {
  // An array's element is a schema, whichever it is.
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
