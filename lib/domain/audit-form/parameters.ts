import { Validator } from '@cfworker/json-schema';
import { isRecord } from '@/lib/is-record';
import { propertiesOf } from './fields';

/** Whether parameters fit the schema of their strategy, as Watcher checks it: by JSON schema draft 4, and no unknown names. */

export type Problem = { field: string; text: string };

/** @param spec as Watcher has it: its `choice` and the like mean nothing to JSON schema, here as there */
export function checkParameters(spec: Record<string, unknown>, parameters: Record<string, unknown>): Problem[] {
  const unknown = unknownNames(spec, parameters, []);
  const { errors } = new Validator(spec, '4', false).validate(parameters);
  // What contains an error is in error too; the innermost says what is wrong.
  const inner = errors.filter(({ keyword }) => !OUTER.has(keyword));
  const found = inner.map(({ instanceLocation, keyword, error }) => {
    const missing = keyword === 'required' ? /"(.+)"/.exec(error)?.[1] : undefined;
    const path = ['parameters', ...partsOf(instanceLocation), ...(missing === undefined ? [] : [missing])];
    return { field: path.join('.'), text: missing === undefined ? sentenceOf(error) : 'It is needed.' };
  });
  const named = new Set(unknown.map(({ field }) => field));
  return [...unknown, ...found.filter(({ field }) => !named.has(field))];
}

const OUTER = new Set(['properties', 'items', 'additionalProperties']);

const partsOf = (location: string): string[] => location.split('/').slice(1).map(decodeURIComponent);

const sentenceOf = (error: string): string => {
  const plain = error.replace(/^Instance /, 'It ').replaceAll('Instance', 'it');
  return plain.endsWith('.') ? plain : `${plain}.`;
};

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
