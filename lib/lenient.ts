import { z } from 'zod';
import { isRecord } from './is-record';

/**
 * Schemas in which one odd value costs its field or its row instead of the whole response. A schema marks the fields that
 * may become null and the lists that may lose rows; everything else must be readable.
 */

/** Something that was left out because it could not be read. */
export type Drop = {
  /** From the top of the response to the field or row that was removed. */
  path: PropertyKey[];
  lost: 'field' | 'row';
  /** Id of the outermost row that contains it; null if it has none. */
  id: string | null;
  /** Id of what the outermost row belongs to, such as an action's plan; null if it belongs to nothing or does not say. */
  owner: string | null;
  /** The row for people: its name, else its id or its position in the list. Nested rows follow the outer one. */
  row: string;
  /** The unreadable value inside the row: "flavor.vcpus"; null if the row itself is one. */
  field: string | null;
  problem: string;
};

const removable = new WeakSet<z.ZodType>();
/** Lists that may lose rows, with the field in which a row names its owner. */
const lists = new WeakMap<z.ZodType, string | null>();

/** A value that a row can do without: null if it is absent, null or unreadable. */
export function orNull<S extends z.ZodType>(schema: S) {
  const field = schema.nullish().transform((value): z.output<S> | null => value ?? null);
  removable.add(field);
  return field;
}

/** Like orNull where absent and null differ: absent and unreadable mean undefined. */
export function ifReadable<S extends z.ZodType>(schema: S) {
  const field = schema.nullish();
  removable.add(field);
  return field;
}

/**
 * A list that loses the rows that can't be read.
 *
 * @param owner the field in which a row names what it belongs to
 */
export function rowsOf<S extends z.ZodType>(row: S, owner: string | null = null): z.ZodArray<S> {
  const list = z.array(row);
  lists.set(list, owner);
  return list;
}

/** Values by name; loses the entries that can't be read. */
export function entriesOf<S extends z.ZodType>(value: S): z.ZodRecord<z.ZodString, S> {
  const record = z.record(z.string(), value);
  lists.set(record, null);
  return record;
}

export type Lenient<T> = { ok: true; data: T; drops: Drop[] } | { ok: false; error: z.ZodError };

/**
 * Parses a value without what the schema allows to be left out. Fails if anything else can't be read.
 *
 * @param from the position of the first row, if the value is a part of a list
 */
export function readLeniently<S extends z.ZodType>(json: unknown, schema: S, from = 0): Lenient<z.output<S>> {
  const drops: Drop[] = [];
  let input = json;
  // Every round removes something, so the rounds come to an end.
  for (;;) {
    const parsed = schema.safeParse(input);
    if (parsed.success) return { ok: true, data: parsed.data, drops };
    const found: Drop[] = [];
    for (const issue of parsed.error.issues) {
      const drop = findDrop(input, schema, { ...issue, from });
      if (drop === null) return { ok: false, error: parsed.error };
      if (!found.some(({ path }) => contains(path, drop.path))) found.push(drop);
    }
    const outer = found.filter(({ path }) => !found.some((other) => other.path !== path && contains(other.path, path)));
    drops.push(...outer);
    input = without(input, outer, 0);
  }
}

const contains = (outer: PropertyKey[], inner: PropertyKey[]): boolean => outer.every((step, i) => inner[i] === step);

type Issue = { path: PropertyKey[]; message: string; from: number };
type Row = { value: unknown; key: PropertyKey; depth: number; ownerField: string | null };

/** The innermost value around an issue that may be removed; null if there is none. */
function findDrop(json: unknown, schema: z.ZodType, { path: steps, message, from }: Issue): Drop | null {
  const rows: Row[] = [];
  let drop: { end: number; lost: Drop['lost'] } | null = null;
  let value = json;
  let at: z.ZodType | undefined = schema;
  for (let depth = 0; at !== undefined; depth++) {
    const { inner, mayBeRemoved } = unwrap(at);
    if (mayBeRemoved && value !== null && value !== undefined) drop = { end: depth, lost: 'field' };
    const key = steps[depth];
    if (key === undefined) break;
    value = childOf(value, key);
    at = schemaOf(inner, key);
    const ownerField = lists.get(inner);
    if (ownerField !== undefined) {
      drop = { end: depth + 1, lost: 'row' };
      rows.push({ value, key, depth, ownerField });
    }
  }
  if (drop === null) return null;
  const { end, lost } = drop;
  // A row inside another one that is left out as a whole is not a row of its own.
  const own = rows.filter(({ depth }) => depth < end);
  const inside = steps.slice((own.at(-1)?.depth ?? -1) + 1);
  return {
    path: steps.slice(0, end),
    lost,
    ...nameRows(own, from),
    field: inside.map(String).join('.') || null,
    problem: message,
  };
}

function nameRows([outer, ...nested]: Row[], from: number): Pick<Drop, 'id' | 'owner' | 'row'> {
  if (outer === undefined) return { id: null, owner: null, row: '' };
  const id = idOf(outer);
  const names = [nameOf(outer), ...nested.map((row) => nameOf(row) ?? idOf(row))].filter((name) => name !== null);
  const owner = outer.ownerField === null ? null : firstText(outer.value, [outer.ownerField]);
  const position = Number(outer.key) + 1 + (outer.depth === 0 ? from : 0);
  return { id, owner, row: names.join(' ') || (id ?? `row ${position}`) };
}

/** An entry is known by its key, the row of a list by an id. */
const idOf = ({ value, key }: Row): string | null => (typeof key === 'string' ? key : firstText(value, ['id', 'uuid']));
const nameOf = ({ value }: Row): string | null => firstText(value, ['name', 'hypervisor_hostname', 'type']);

function firstText(row: unknown, keys: string[]): string | null {
  for (const key of keys) {
    const value = childOf(row, key);
    if ((typeof value === 'string' && value !== '') || typeof value === 'number') return String(value);
  }
  return null;
}

/** The schema inside wrappers and in front of transforms, and whether it may be removed. */
function unwrap(schema: z.ZodType): { inner: z.ZodType; mayBeRemoved: boolean } {
  let inner = schema;
  let mayBeRemoved = false;
  for (;;) {
    mayBeRemoved ||= removable.has(inner);
    // zod types the parts of its schemas more loosely than they are.
    if (inner instanceof z.ZodPipe) inner = inner.in as z.ZodType;
    else if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable || inner instanceof z.ZodDefault)
      inner = inner.unwrap() as z.ZodType;
    else return { inner, mayBeRemoved };
  }
}

function schemaOf(schema: z.ZodType, key: PropertyKey): z.ZodType | undefined {
  // zod types the parts of its schemas more loosely than they are.
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  return schema instanceof z.ZodObject ? (schema.shape[String(key)] as z.ZodType | undefined) : undefined;
}

/** A field or row; undefined if there is none. */
export function childOf(value: unknown, key: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  return isRecord(value) ? value[String(key)] : undefined;
}

/** A copy without the given fields and rows. */
function without(value: unknown, drops: Drop[], depth: number): unknown {
  const below = (key: PropertyKey) => drops.filter(({ path }) => path[depth] === key);
  const isRemoved = (own: Drop[]) => own.some(({ path }) => path.length === depth + 1);
  const change = (child: unknown, own: Drop[]) => (own.length === 0 ? child : without(child, own, depth + 1));
  if (Array.isArray(value)) {
    return value.flatMap((child: unknown, i) => (isRemoved(below(i)) ? [] : [change(child, below(i))]));
  }
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !isRemoved(below(key)));
  return Object.fromEntries(kept.map(([key, child]) => [key, change(child, below(key))]));
}
