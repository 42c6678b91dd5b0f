import type { AuditField } from '@/lib/contract/v1/new-audit';
import { isRecord } from '@/lib/is-record';
import { PARAMETER_WORDS } from './parameter-words';

/** Fields of a form from the schema of a strategy. An unknown strategy gets a plain form in the order of its schema. */

type Schema = Record<string, unknown>;

export const propertiesOf = (schema: Schema): Record<string, Schema> =>
  isRecord(schema.properties)
    ? Object.fromEntries(
        Object.entries(schema.properties).flatMap(([name, one]) => (isRecord(one) ? [[name, one]] : [])),
      )
    : {};

/** Objects whose parts have a schema become a field for each part. */
const MOST_DEPTH = 3;

export function fieldsOf(strategy: string, spec: Schema): AuditField[] {
  const words = PARAMETER_WORDS[strategy] ?? {};
  const order = Object.keys(words);
  const placeOf = ({ path }: AuditField) => {
    const at = order.indexOf(path.join('.'));
    return at < 0 ? order.length : at;
  };
  return partsOf(spec, [], undefined)
    .map((field) => ({ ...field, ...words[field.path.join('.')] }))
    .sort((a, b) => placeOf(a) - placeOf(b));
}

function partsOf(schema: Schema, path: string[], outer: unknown): AuditField[] {
  const required = Array.isArray(schema.required) ? schema.required : [];
  return Object.entries(propertiesOf(schema)).flatMap(([name, one]) => {
    const own = [...path, name];
    const given = one.default ?? (isRecord(outer) ? outer[name] : undefined);
    const parts = own.length < MOST_DEPTH ? partsOf(one, own, given) : [];
    return parts.length > 0 ? parts : [fieldOf(one, own, { given, required: required.includes(name) })];
  });
}

function fieldOf(
  schema: Schema,
  path: string[],
  { given, required }: { given: unknown; required: boolean },
): AuditField {
  const { kind, options } = kindOf(schema);
  return {
    path,
    title: path.join(' ').replaceAll('_', ' '),
    note: typeof schema.description === 'string' ? schema.description : null,
    kind,
    options,
    default: given ?? null,
    required,
    group: required ? 'decides' : 'rest',
  };
}

const asOptions = (values: unknown): AuditField['options'] =>
  Array.isArray(values) ? values.map((value) => ({ value: String(value), label: String(value) })) : [];

function kindOf(schema: Schema): Pick<AuditField, 'kind' | 'options'> {
  const items = isRecord(schema.items) ? asOptions(schema.items.enum) : [];
  if (schema.type === 'array' && items.length > 0) return { kind: 'choices', options: items };
  if (schema.type === 'array' && isRecord(schema.items) && schema.items.type === 'string')
    return { kind: 'list', options: [] };
  if (Array.isArray(schema.enum)) return { kind: 'choice', options: asOptions(schema.enum) };
  switch (schema.type) {
    case 'number':
      return { kind: 'number', options: [] };
    case 'integer':
      return { kind: 'integer', options: [] };
    case 'boolean':
      return { kind: 'yes-no', options: [] };
    case 'string':
      return { kind: 'text', options: [] };
    default:
      return { kind: 'json', options: [] };
  }
}
