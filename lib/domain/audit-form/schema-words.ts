import { isRecord } from '@/lib/is-record';

/** What a schema asks for, in words for the person who filled in the form. */

type Schema = Record<string, unknown>;

/** The schema that a keyword stands in. @param location of the keyword, such as `#/properties/period/type` */
export function schemaAt(spec: Schema, location: string): Schema {
  const names = location.split('/').slice(1, -1).map(decodeURIComponent);
  const found = names.reduce<unknown>((inner, name) => (isRecord(inner) ? inner[name] : undefined), spec);
  return isRecord(found) ? found : {};
}

/** One sentence, whichever keyword the value breaks: what would do. */
export function wantedBy(schema: Schema, keyword: string): string {
  switch (keyword) {
    case 'type':
    case 'minimum':
    case 'maximum':
      return `Give ${kindOf(schema)}.`;
    case 'enum':
      return `It must be ${listOf(schema.enum)}.`;
    case 'oneOf':
    case 'anyOf':
      return formsOf(schema[keyword]);
    case 'pattern':
      return `It must look like ${String(schema.pattern)}.`;
    case 'minLength':
    case 'minItems':
      return 'It is too short.';
    case 'maxLength':
    case 'maxItems':
      return 'It is too long.';
    case 'uniqueItems':
      return 'Something is in it twice.';
    case 'multipleOf':
      return `It must be a multiple of ${String(schema.multipleOf)}.`;
    default:
      return `The strategy does not take this (${keyword}).`;
  }
}

function kindOf(schema: Schema): string {
  switch (schema.type) {
    case 'number':
    case 'integer':
      return `a ${schema.type === 'integer' ? 'whole ' : ''}number${rangeOf(schema)}`;
    case 'boolean':
      return 'yes or no: true or false';
    case 'array':
      return 'a list';
    case 'object':
      return `an object in JSON${isRecord(schema.default) ? `, such as ${JSON.stringify(schema.default)}` : ''}`;
    case 'string':
      return 'a text';
    default:
      return Array.isArray(schema.type) ? `one of: ${schema.type.join(', ')}` : 'another value';
  }
}

function rangeOf({ minimum: least, maximum: most, exclusiveMinimum: over, exclusiveMaximum: under }: Schema): string {
  if (over !== true && under !== true && least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  const parts = [
    least === undefined ? null : `${over === true ? 'above' : 'of at least'} ${least}`,
    most === undefined ? null : `${under === true ? 'below' : 'of at most'} ${most}`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? '' : ` ${parts.join(' and ')}`;
}

function listOf(values: unknown): string {
  const texts = Array.isArray(values) ? values.map(String) : [];
  return texts.length < 2 ? texts.join('') : `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}

/** Alternatives usually differ in the parts that they need. */
function formsOf(alternatives: unknown): string {
  const needed = (Array.isArray(alternatives) ? alternatives : []).map((one) =>
    isRecord(one) && Array.isArray(one.required) ? one.required.join(' and ') : '',
  );
  return needed.length === 0 || needed.includes('')
    ? 'It has none of the forms that the strategy takes.'
    : `It needs ${needed.join(', or ')}, and only one of these.`;
}
