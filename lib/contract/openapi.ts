import { z } from 'zod';
import { ENDPOINTS, type Endpoint } from './endpoints';
import { problemSchema } from './problem';

type Json = Record<string, unknown>;

const COMPONENTS = '#/components/schemas/';

/** The OpenAPI 3.1 document of every endpoint, made from the contract's schemas in their wire form. */
export function describeApi(version: string): Json {
  const schemas: Record<string, Json> = {};
  /** Puts the named schemas among the components and gives what stands in the schema's place, a reference where it is named. */
  const reference = (schema: z.ZodType): Json => {
    const { $defs, $schema, ...own } = z.toJSONSchema(schema, {
      io: 'input',
      target: 'draft-2020-12',
      reused: 'inline',
    }) as Json & { $defs?: Record<string, Json> };
    for (const [name, definition] of Object.entries($defs ?? {})) schemas[name] = relink(definition);
    return relink(own);
  };
  const paths = Object.fromEntries(
    Object.entries<Endpoint>(ENDPOINTS).map(([name, endpoint]) => [
      endpoint.path,
      { get: describeEndpoint(name, endpoint, reference) },
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Watcher Visio',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      description:
        'How full an OpenStack region is, which hosts are hot, and what the plans of OpenStack Watcher would change. ' +
        'Read-only. Every path answers with and without its trailing slash.',
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'A Keystone token of somebody who may look, or one of API_TOKENS. Also as X-Auth-Token.',
        },
        session: { type: 'apiKey', in: 'cookie', name: 'watcher-visio-session', description: 'Set by signing in.' },
      },
    },
    // With AUTH=none nothing is asked for.
    security: [{ token: [] }, { session: [] }, {}],
  };
}

function describeEndpoint(name: string, endpoint: Endpoint, reference: (schema: z.ZodType) => Json): Json {
  const problem = (description: string) => ({
    description,
    content: { 'application/problem+json': { schema: reference(problemSchema) } },
  });
  return {
    operationId: name,
    summary: endpoint.summary,
    parameters: [...pathParameters(endpoint), ...queryParameters(endpoint)],
    responses: {
      200: {
        description: 'The answer.',
        headers: answerHeaders(endpoint),
        content: { 'application/json': { schema: reference(endpoint.answer) } },
      },
      304: { description: 'Nothing changed since the ETag in If-None-Match.' },
      ...(Object.keys(endpoint.query.shape).length > 0 ? { 400: problem('A query parameter is wrong.') } : {}),
      ...(Object.keys(endpoint.params).length > 0 ? { 404: problem('There is no such thing.') } : {}),
      401: problem('Nobody who may look.'),
      ...(endpoint.quality
        ? { 503: problem('A source that the answer needs has no data left; Retry-After tells when to ask again.') }
        : {}),
    },
  };
}

function pathParameters({ params }: Endpoint): Json[] {
  return Object.entries(params).map(([name, description]) => ({
    name,
    in: 'path',
    required: true,
    description,
    schema: { type: 'string' },
  }));
}

function queryParameters({ query }: Endpoint): Json[] {
  const { properties } = z.toJSONSchema(query, { io: 'input' }) as { properties?: Record<string, Json> };
  return Object.entries(properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  }));
}

function answerHeaders({ quality, counted }: Endpoint): Json {
  const header = (type: string, description: string) => ({ description, schema: { type } });
  return {
    ETag: header('string', 'Changes with the answer.'),
    ...(counted ? { 'X-Total-Count': header('integer', 'How many there are in all.') } : {}),
    ...(quality
      ? {
          Age: header('integer', 'Seconds since the oldest reading in the answer was taken.'),
          'X-Data-State': {
            description: 'fresh; stale: last good data; partial: a number or list stands for something unknown.',
            schema: { enum: ['fresh', 'stale', 'partial'] },
          },
          'X-Data-Unknown': header('string', 'The fields that stand for something unknown, separated by spaces.'),
        }
      : {}),
  };
}

/** zod points to its own place for definitions; OpenAPI has another. */
function relink<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', COMPONENTS));
}
