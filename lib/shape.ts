import { z } from 'zod';
import { SOURCE_NAMES, type Source, SourceError } from './errors';
import { childOf, type Drop, readLeniently } from './lenient';
import { yieldIfDue, yieldNow } from './yield';

/** What a response had that could not be read, so that it was left out. */
export type Loss = Omit<Drop, 'path'> & {
  source: Source;
  /** The call, for people: "servers/detail". */
  what: string;
};

/** Which response is checked, for error messages. */
type Origin = {
  source: Source;
  /** The call, for people: "servers/detail". */
  what: string;
  /** HTTP status. */
  status: number;
  /** Called for everything that is left out because it can't be read; see lenient.ts. */
  onLoss?: (loss: Loss) => void;
};

/** Parses a response as JSON. @throws SourceError of kind `shape` */
export function parseText(text: string, { source, what, status }: Origin): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const page = /^\s*</.test(text)
      ? ', but a web page: a proxy in front of it answers, or a page about maintenance'
      : '';
    const message = `${SOURCE_NAMES[source]}'s response to ${what} is not JSON${page}.`;
    throw new SourceError(source, 'shape', message, { status, cause });
  }
}

/**
 * Validates a response. Ignores unknown fields, leaves out the fields and rows that the schema can do without, and names the
 * first other invalid value.
 *
 * @throws SourceError of kind `shape`
 */
export function checkShape<S extends z.ZodType>(json: unknown, schema: S, origin: Origin): z.output<S> {
  const { data, drops } = checkPart(json, schema, origin);
  reportDrops(json, drops, origin);
  return data;
}

/** Where a part is in the response: its field, and the index of its first row if the field is a list. */
type Place = { field?: string; from?: number };

function checkPart<S extends z.ZodType>(
  json: unknown,
  schema: S,
  { field, from = 0, ...origin }: Origin & Place,
): { data: z.output<S>; drops: Drop[] } {
  const inWhole = ([first, ...others]: PropertyKey[]): PropertyKey[] => [
    ...(field === undefined ? [] : [field]),
    ...(first === undefined ? [] : [typeof first === 'number' ? first + from : first]),
    ...others,
  ];
  const read = readLeniently(json, schema, from);
  if (read.ok) return { data: read.data, drops: read.drops.map((drop) => ({ ...drop, path: inWhole(drop.path) })) };
  const issue = read.error.issues[0];
  throw unexpected({ path: inWhole(issue?.path ?? []), problem: issue?.message ?? 'unknown' }, origin, read.error);
}

function unexpected(
  { path, problem }: { path: PropertyKey[]; problem: string },
  { source, what, status }: Origin,
  cause?: Error,
): SourceError {
  const where = path.map(String).join('.') || 'the whole response';
  const message = `${SOURCE_NAMES[source]}'s response to ${what} has an unexpected value in ${where}: ${problem}.`;
  return new SourceError(source, 'shape', message, { status, cause });
}

/** Lists and records with at least this many rows of which none can be read have another form than expected. */
const MANY = { list: 2, record: 10 };

/** Reports what was left out. @throws SourceError if that is every row of a list at the top of the response */
function reportDrops(json: unknown, drops: Drop[], origin: Origin): void {
  const lost = new Map<PropertyKey, Map<PropertyKey, Drop>>();
  const emptiedRows = emptied(json, drops);
  for (const drop of [...drops, ...emptiedRows]) {
    const [field, row, ...rest] = drop.path;
    if (field === undefined || row === undefined || rest.length > 0 || drop.lost === 'field') continue;
    const others = lost.get(field) ?? new Map<PropertyKey, Drop>();
    lost.set(field, others.set(row, drop));
  }
  for (const [field, rows] of lost) {
    const [first] = rows.values();
    if (first === undefined) continue;
    const many = typeof first.path[1] === 'number' || emptiedRows.includes(first) ? MANY.list : MANY.record;
    if (rows.size < many || rows.size < sizeOf(valueAt(json, [field]))) continue;
    const path = [...first.path, ...(first.field?.split('.') ?? [])];
    throw unexpected({ path, problem: first.problem }, origin);
  }
  for (const { path: _, ...drop } of drops) origin.onLoss?.({ source: origin.source, what: origin.what, ...drop });
}

/** Rows that lost all of several rows inside them: they are as good as lost. */
function emptied(json: unknown, drops: Drop[]): Drop[] {
  const inside = new Map<string, Drop[]>();
  for (const drop of drops) {
    if (drop.path.length < 4 || drop.lost === 'field') continue;
    const parent = JSON.stringify(drop.path.slice(0, -1));
    inside.set(parent, [...(inside.get(parent) ?? []), drop]);
  }
  return [...inside.values()].flatMap((all) => {
    const path = all[0]?.path ?? [];
    const isEmpty = all.length > 1 && all.length === sizeOf(valueAt(json, path.slice(0, -1)));
    return isEmpty ? all.slice(0, 1).map((drop) => ({ ...drop, path: path.slice(0, 2) })) : [];
  });
}

const valueAt = (json: unknown, path: PropertyKey[]): unknown => path.reduce<unknown>(childOf, json);

const sizeOf = (list: unknown): number => (typeof list === 'object' && list !== null ? Object.keys(list).length : 0);

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
  const drops: Drop[] = [];
  const emptied = Object.fromEntries(long.map(({ name, value }) => [name, Array.isArray(value) ? [] : {}]));
  // Only an object has long fields.
  const whole = checkPart({ ...(json as object), ...emptied }, schema, origin);
  drops.push(...whole.drops);
  const filled: Record<string, unknown> = {};
  for (const { name, field, value } of long) {
    if (Array.isArray(value)) {
      const rows: unknown[] = [];
      for (let from = 0; from < value.length; from += ROWS) {
        const part = checkPart(value.slice(from, from + ROWS), field, { ...origin, field: name, from });
        drops.push(...part.drops);
        // The output of a list's schema is a list.
        for (const row of part.data as unknown[]) rows.push(row);
        await yieldIfDue();
      }
      filled[name] = rows;
    } else {
      const rows: Record<string, unknown> = {};
      const entries = Object.entries(value);
      for (let from = 0; from < entries.length; from += ROWS) {
        const part = Object.fromEntries(entries.slice(from, from + ROWS));
        const { data, drops: left } = checkPart(part, field, { ...origin, field: name });
        drops.push(...left);
        Object.assign(rows, data);
        await yieldIfDue();
      }
      filled[name] = rows;
    }
  }
  reportDrops(json, drops, origin);
  // Every field was produced by the schema.
  return { ...(whole.data as object), ...filled } as z.output<S>;
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
