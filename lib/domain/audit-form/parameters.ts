import { Validator } from '@cfworker/json-schema';
import { isRecord } from '@/lib/is-record';
import { propertiesOf } from './fields';
import { schemaAt, wantedBy } from './schema-words';

/** Whether parameters fit the schema of their strategy, as Watcher checks it: by JSON schema draft 4, and no unknown names. */

export type Problem = { field: string; text: string };

/** @param spec as Watcher has it: its `choice` and the like mean nothing to JSON schema, here as there */
export function checkParameters(spec: Record<string, unknown>, parameters: Record<string, unknown>): Problem[] {
  const unknown = unknownNames(spec, parameters, []);
  const { errors } = new Validator(spec, '4', false).validate(parameters);
  // What contains an error is in error too: the innermost says what is wrong, and of alternatives all of them together.
  const inner = errors.filter(({ keyword, keywordLocation: at }) => !OUTER.has(keyword) && !ALTERNATIVES.test(at));
  const found = inner.map(({ instanceLocation, keyword, keywordLocation, error }) => {
    const missing = keyword === 'required' ? /"(.+)"/.exec(error)?.[1] : undefined;
    const path = [...partsOf(instanceLocation), ...(missing === undefined ? [] : [missing])];
    const text = missing === undefined ? wantedBy(schemaAt(spec, keywordLocation), keyword) : 'It is needed.';
    return { field: ['parameters', ...path].join('.'), text: inEntry(path, text, missing) };
  });
  const named = new Set(unknown.map(({ field }) => field));
  return [...unknown, ...found.filter(({ field }) => !named.has(field))];
}

const OUTER = new Set(['properties', 'items', 'additionalProperties']);
const ALTERNATIVES = /\/(oneOf|anyOf|not)\//;

const partsOf = (location: string): string[] => location.split('/').slice(1).map(decodeURIComponent);

/** A list is one field: which of its entries is wrong has to be said. */
function inEntry(path: string[], text: string, missing: string | undefined): string {
  const at = path.find((part, i) => i > 0 && /^\d+$/.test(part));
  if (at === undefined) return text;
  const entry = `Entry ${Number(at) + 1}`;
  if (missing !== undefined) return `${entry} lacks ${missing}.`;
  const name = path.at(-1);
  return name === at ? `${entry}: ${lower(text)}` : `${entry}, ${name}: ${lower(text)}`;
}

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Watcher refuses names that its schema does not list, at every depth. */
function unknownNames(schema: Record<string, unknown>, value: unknown, path: string[]): Problem[] {
  if (!isRecord(value) || !isRecord(schema.properties)) return [];
  const known = propertiesOf(schema);
  return Object.entries(value).flatMap(([name, inner]) => {
    const own = [...path, name];
    const one = known[name];
    return one === undefined
      ? [{ field: ['parameters', ...own].join('.'), text: `The strategy has no parameter ${own.join('.')}.` }]
      : unknownNames(one, inner, own);
  });
}
