import { Validator } from '@cfworker/json-schema';
import { isRecord } from '@/lib/is-record';
import { specOf } from '../strategy-specs';
import type { Reply } from '../wire';
import { inPython } from './patches';
import { fault, type WatcherRequest } from './reply';

/** Watcher's check of an audit's parameters: unknown names first, then JSON schema draft 4. */

export function refuseParameters(
  strategy: string | undefined,
  parameters: unknown,
  { engine }: WatcherRequest,
): Reply | undefined {
  if (strategy === undefined) {
    return parameters === undefined
      ? undefined
      : fault(
          400,
          'Specify parameters but no predefined strategy for audit, or no parameter spec in predefined strategy',
        );
  }
  const spec = specOf(strategy, engine.release());
  const given = isRecord(parameters) ? parameters : {};
  const unknown = unknownName(spec, given);
  if (unknown !== undefined) return fault(400, `Audit parameter ${unknown} are not allowed`);
  const [error] = new Validator(spec, '4', false).validate(given).errors.filter(({ keyword }) => keyword in WORDS);
  if (error === undefined) return undefined;
  const at = error.keywordLocation.slice(1).split('/').filter(Boolean).slice(0, -1);
  const words = WORDS[error.keyword]?.(
    valueAt(given, error.instanceLocation),
    at.length === 0 ? spec : valueAt(spec, `#/${at.join('/')}`),
  );
  // Up to 2025.1 nothing catches it.
  return engine.release().watcherMinor < 5
    ? fault(500, words ?? error.error)
    : fault(400, `Invalid parameters for strategy: ${words ?? error.error}`);
}

type Words = (value: unknown, schema: unknown) => string;

const ruleOf = (schema: unknown, name: string): unknown => (isRecord(schema) ? schema[name] : undefined);

const WORDS: Record<string, Words> = {
  type: (value, schema) => `${inPython(value)} is not of type ${inPython(ruleOf(schema, 'type'))}`,
  minimum: (value, schema) => `${inPython(value)} is less than the minimum of ${ruleOf(schema, 'minimum')}`,
  maximum: (value, schema) => `${inPython(value)} is greater than the maximum of ${ruleOf(schema, 'maximum')}`,
  enum: (value, schema) => `${inPython(value)} is not one of ${inPython(ruleOf(schema, 'enum'))}`,
  required: (value, schema) => {
    const wanted = ruleOf(schema, 'required');
    const missing = (Array.isArray(wanted) ? wanted : []).find((name) => !isRecord(value) || !(name in value));
    return `${inPython(missing)} is a required property`;
  },
  oneOf: (value) => `${inPython(value)} is not valid under any of the given schemas`,
};

const valueAt = (root: unknown, location: string): unknown =>
  location
    .split('/')
    .slice(1)
    .map(decodeURIComponent)
    .reduce<unknown>(
      (value, name) => (Array.isArray(value) ? value[Number(name)] : isRecord(value) ? value[name] : undefined),
      root,
    );

/** A name that the schema does not list, at any depth. Lists are not looked into. */
function unknownName(schema: Record<string, unknown>, value: Record<string, unknown>): string | undefined {
  if (!isRecord(schema.properties)) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const one = schema.properties[name];
    if (!isRecord(one)) return name;
    const deeper = isRecord(inner) ? unknownName(one, inner) : undefined;
    if (deeper !== undefined) return deeper;
  }
  return undefined;
}
