import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeApi } from '@/lib/contract/openapi';
import { version } from '@/package.json';

/**
 * Within a major version the API only grows. Each release records what it has: RECORD_API=yes vitest run
 * tests/routes/api-promise.test.ts
 */

const FOLDER = 'tests/fixtures/api';

type Schema = {
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
};
type Content = { content?: Record<string, { schema?: Schema }> };
type Operation = {
  parameters?: { name?: string; $ref?: string }[];
  requestBody?: Content;
  responses: Record<string, Content>;
};
type Api = { paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, Schema> } };

/** What a client may rely on: names of parameters and fields by the operation or schema that they belong to. */
type Promised = Record<string, string[]>;

/** Every field below, such as `cpu.used[].name`; those of a named schema are listed with that. */
function fieldsOf(schema: Schema, before = ''): string[] {
  const { properties = {}, items, additionalProperties: more, anyOf = [], oneOf = [], allOf = [] } = schema;
  if (schema.$ref) return [`${before} is ${schema.$ref.split('/').at(-1)}`.trim()];
  return [
    ...Object.entries(properties).flatMap(([name, field]) => {
      const here = before === '' ? name : `${before}.${name}`;
      return [here, ...fieldsOf(field, here)];
    }),
    ...(items ? fieldsOf(items, `${before}[]`) : []),
    ...(typeof more === 'object' ? fieldsOf(more, `${before}{}`) : []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap((one) => fieldsOf(one, before)),
  ];
}

const bodyOf = ({ content = {} }: Content): string[] =>
  Object.entries(content).flatMap(([type, { schema = {} }]) => [type, ...fieldsOf(schema, type)]);

function promiseOf({ paths, components }: Api): Promised {
  const operations = Object.entries(paths).flatMap(([address, methods]) =>
    Object.entries(methods).map(([method, { parameters = [], requestBody = {}, responses }]): [string, string[]] => [
      `${method} ${address}`,
      [
        ...parameters.map(({ name, $ref }) => `?${name ?? $ref?.split('/').at(-1)}`),
        ...bodyOf(requestBody).map((field) => `body ${field}`),
        ...bodyOf(responses['200'] ?? {}),
      ],
    ]),
  );
  const schemas = Object.entries(components.schemas).map(([name, schema]): [string, string[]] => [
    name,
    fieldsOf(schema),
  ]);
  return Object.fromEntries([...operations, ...schemas].map(([name, names]) => [name, [...new Set(names)].toSorted()]));
}

// The document is made as JSON; these are the parts of it that are read here.
const now = promiseOf(describeApi(version) as unknown as Api);

if (process.env.RECORD_API === 'yes')
  writeFileSync(
    path.join(FOLDER, `${version}.json`),
    `${JSON.stringify(now, null, 1).replace(/\n {2}(?=\S)|\n (?=\])/g, '')}\n`,
  );

const earlier = readdirSync(FOLDER).filter((file) => file.split('.')[0] === version.split('.')[0]);

describe('the API', () => {
  it('is recorded for this version', () => {
    expect(existsSync(path.join(FOLDER, `${version}.json`))).toBe(true);
  });

  it.each(earlier)('still has all that it had in %s', (file) => {
    const then: Promised = JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
    const gone = Object.entries(then).flatMap(([name, names]) =>
      names.filter((one) => !now[name]?.includes(one)).map((one) => `${name}: ${one}`),
    );
    expect(gone).toEqual([]);
    expect(Object.keys(then).length).toBeGreaterThan(100);
  });
});
