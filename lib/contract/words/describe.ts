import { FIELD_WORDS } from './fields';
import { REVIEW_FIELD_WORDS } from './review-fields';
import { RUN_FIELD_WORDS } from './run-fields';
import { SCHEMA_WORDS } from './schemas';

/** Adds descriptions to JSON schemas that have none of their own, by the names of schemas and fields. */

type Json = Record<string, unknown>;

const WORDS = new Map(Object.entries({ ...FIELD_WORDS, ...REVIEW_FIELD_WORDS, ...RUN_FIELD_WORDS }));

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): Json[] => (Array.isArray(value) ? value.filter(isJson) : []);

/** @param name of the schema in the OpenAPI document */
export function describeSchema(name: string, schema: Json): Json {
  const description = schema.description ?? SCHEMA_WORDS[name];
  return describeFields(description === undefined ? schema : { ...schema, description }, name);
}

/** @param path names of the schema and of the fields down to this one, joined by dots, with `[]` behind lists */
export function describeFields(schema: Json, path: string): Json {
  const described: Json = { ...schema };
  for (const part of ['anyOf', 'oneOf', 'allOf']) {
    if (part in schema) described[part] = listOf(schema[part]).map((one) => describeFields(one, path));
  }
  if (isJson(schema.items)) described.items = describeFields(schema.items, `${path}[]`);
  if (isJson(schema.properties))
    described.properties = Object.fromEntries(
      Object.entries(schema.properties).map(([name, field]) => [
        name,
        isJson(field) ? describeField(field, `${path}.${name}`) : field,
      ]),
    );
  return described;
}

function describeField(field: Json, path: string): Json {
  const known = isDescribed(field) ? undefined : wordsFor(path);
  return { ...describeFields(field, path), ...(known === undefined ? {} : { description: known }) };
}

/** A reference has the description of what it refers to. */
const isDescribed = (field: Json): boolean =>
  field.description !== undefined ||
  field.$ref !== undefined ||
  listOf(field.anyOf).some((one) => one.description !== undefined || one.$ref !== undefined);

/** The words for the longest end of the path that has some. */
function wordsFor(path: string): string | undefined {
  const names = path.split('.');
  for (let from = 0; from < names.length; from++) {
    const words = WORDS.get(names.slice(from).join('.'));
    if (words !== undefined) return words;
  }
  return undefined;
}
