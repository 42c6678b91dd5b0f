import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ACT_ENDPOINTS } from '@/lib/contract/act-endpoints';
import { ENDPOINTS } from '@/lib/contract/endpoints';
import { methodsOf } from '@/lib/contract/methods';
import { describeApi } from '@/lib/contract/openapi';
import { OTHER_ENDPOINTS } from '@/lib/contract/other-endpoints';
import { PROBLEM_NAMES, PROBLEMS, problemType } from '@/lib/contract/problem';
import { serveProblemKind } from '@/lib/dashboard/http/documents';
import { servedCloud } from './served-cloud';

/** What the OpenAPI document says about every endpoint, parameter and field. */

type Schema = {
  description?: string;
  $ref?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  required?: string[];
};
type Operation = {
  operationId: string;
  summary: string;
  description: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; description: string; schema: Schema; $ref?: string }[];
  responses: Record<string, { $ref?: string }>;
};
type Document = {
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: {
    parameters: Record<string, { description: string }>;
    schemas: Record<string, Schema>;
    responses: Record<string, { headers: object; content: object }>;
  };
};

servedCloud({ hosts: 3, servers: 5, audits: 1 });
const document = describeApi('1.0.0') as Document;
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
);
const find = (id: string) => operations.find(({ operationId }) => operationId === id);

/** The paths of fields without a description of their own or of what they refer to. */
function undescribed(schema: Schema, path: string): string[] {
  const hasWords = ({ description, $ref, anyOf = [] }: Schema): boolean =>
    description !== undefined || $ref !== undefined || anyOf.some(hasWords);
  return [
    ...Object.entries(schema.properties ?? {}).flatMap(([name, field]) => [
      ...(hasWords(field) ? [] : [`${path}.${name}`]),
      ...undescribed(field, `${path}.${name}`),
    ]),
    ...(schema.items ? undescribed(schema.items, `${path}[]`) : []),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap((one) => undescribed(one, path)),
  ];
}

/** The one parameter that endpoints share. */
const REGION = '#/components/parameters/Region';

describe('the OpenAPI document', () => {
  it('describes every address below /api, each with its method', () => {
    const all = [...Object.values(ENDPOINTS), ...Object.values(ACT_ENDPOINTS), ...OTHER_ENDPOINTS].map(
      ({ path }) => path,
    );
    expect(Object.keys(document.paths)).toEqual(all);
    for (const { path, method } of operations) {
      expect(methodsOf(path)).toContain(method.toUpperCase());
      const route = path.replace(/\{(\w+)\}/g, '[$1]');
      expect(existsSync(`app/${route}/route.ts`), path).toBe(true);
    }
  });

  it('has a summary, a description and a tag for every operation', () => {
    const known = document.tags.map(({ name }) => name);
    for (const { operationId, summary, description, tags } of operations) {
      expect(summary, operationId).toMatch(/\.$/);
      expect(description, operationId).toMatch(/\.$/);
      expect(known, operationId).toEqual(expect.arrayContaining(tags));
    }
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
    for (const { operationId, method } of operations)
      if (method === 'get') expect(operationId).toMatch(/^(get|list|find|check|compare)[A-Z]/);
  });

  it('has words for every schema, field and parameter: in the schema, or in lib/contract/words', () => {
    const { schemas } = document.components;
    expect(Object.entries(schemas).flatMap(([name, { description }]) => (description ? [] : [name]))).toEqual([]);
    expect(Object.entries(schemas).flatMap(([name, schema]) => undescribed(schema, name))).toEqual([]);
    for (const { operationId, parameters } of operations)
      for (const { name, description, $ref } of parameters)
        expect($ref === REGION || Boolean(description), `${operationId} ${name}`).toBe(true);
    expect(document.components.parameters.Region?.description).toBeTruthy();
  });

  it('says which parameters are required, and which answers are 404', () => {
    const required = operations.flatMap(({ operationId, parameters }) =>
      parameters.filter((one) => one.in === 'query' && one.required).map(({ name }) => `${operationId} ${name}`),
    );
    expect(required).toEqual(['findByName q', 'comparePlans left', 'comparePlans right', 'checkNewAudit settings']);
    for (const id of ['comparePlans', 'listHosts', 'getHost', 'getAudit', 'getPlanReview', 'getProblemType'])
      expect(Object.keys(find(id)?.responses ?? {}), id).toContain('404');
    expect(Object.keys(find('getPromisedStats')?.responses ?? {})).not.toContain('404');
    for (const { operationId, path, responses } of operations) {
      expect(responses['400'] !== undefined, operationId).toBe(path.startsWith('/api/v1/'));
      expect(responses).toMatchObject({ 405: expect.anything(), default: expect.anything() });
    }
    expect(document.components.responses.NoData?.headers).toHaveProperty('Retry-After');
    expect(document.components.responses.MethodNotAllowed?.headers).toHaveProperty('Allow');
  });

  it('gives no operation and parameter the name that a schema and its field have', () => {
    const pascal = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
    const ofFields = Object.entries(document.components.schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([field, schema]) => ('enum' in schema ? [`${name}${pascal(field)}`] : [])),
    );
    const ofParameters = operations.flatMap(({ operationId, parameters }) =>
      // A shared one is a reference, whose name is that of the component.
      parameters.flatMap(({ name, schema = {} }) =>
        'enum' in schema ? [`${pascal(operationId)}${pascal(name)}`] : [],
      ),
    );
    expect(ofParameters.filter((name) => ofFields.includes(name))).toEqual([]);
  });
});

describe('the types of problems', () => {
  it.each(PROBLEM_NAMES)('have an address that describes them: %s', async (name) => {
    const request = new Request(`http://visio.test${problemType(name)}`);
    const response = await serveProblemKind(request, { params: Promise.resolve({ problem: name }) });
    expect([response.status, await response.json()]).toEqual([200, { type: problemType(name), ...PROBLEMS[name] }]);
  });

  it('are 404 for any other name', async () => {
    const request = new Request('http://visio.test/api/problems/nothing/');
    const response = await serveProblemKind(request, { params: Promise.resolve({ problem: 'nothing' }) });
    expect(await response.json()).toMatchObject({ status: 404, type: problemType('not-found') });
  });
});
