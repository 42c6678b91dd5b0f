import { z } from 'zod';
import { ENDPOINTS, type Endpoint } from './endpoints';
import { problemSchema } from './problem';

type Json = Record<string, unknown>;

const COMPONENTS = '#/components/schemas/';

/** Builds the OpenAPI 3.1 document from the contract's schemas in their wire format. */
export function describeApi(version: string): Json {
  const schemas: Record<string, Json> = {};
  /** Moves named schemas to the components and returns the schema, or a reference to it if it is named. */
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
        'Read-only. Every path works with and without a trailing slash.',
    },
    paths,
    components: {
      schemas,
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'One of API_TOKENS, or a Keystone token of a permitted user. Also accepted as X-Auth-Token.',
        },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'watcher-visio-session',
          description: 'Set when a user signs in.',
        },
      },
    },
    // The empty entry is for AUTH=none.
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
        description: 'Success.',
        headers: responseHeaders(endpoint),
        content: { 'application/json': { schema: reference(endpoint.answer) } },
      },
      304: { description: 'Not modified: the ETag in If-None-Match is still current.' },
      ...(Object.keys(endpoint.query.shape).length > 0 ? { 400: problem('Invalid query parameter.') } : {}),
      401: problem('Not authenticated.'),
      ...(Object.keys(endpoint.params).length > 0 ? { 404: problem(`Not found: ${missingThing(endpoint)}.`) } : {}),
      ...(endpoint.quality
        ? { 503: problem('A required source has no data left. Retry-After has the seconds to wait.') }
        : {}),
    },
  };
}

function missingThing({ params }: Endpoint): string {
  if ('name' in params) return 'no compute host with this name';
  return 'plan' in params ? 'no such audit, or no such plan of the audit' : 'no audit with this id or name';
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
  // zod types what a JSON schema may hold more loosely.
  const { properties } = z.toJSONSchema(query, { io: 'input' }) as { properties?: Record<string, Json> };
  return Object.entries(properties ?? {}).map(([name, { description, ...schema }]) => ({
    name,
    in: 'query',
    required: false,
    description,
    schema,
  }));
}

function responseHeaders({ quality, counted }: Endpoint): Json {
  const header = (type: string, description: string) => ({ description, schema: { type } });
  return {
    ETag: header('string', 'Changes whenever the response changes.'),
    ...(counted ? { 'X-Total-Count': header('integer', 'Total number of matching items.') } : {}),
    ...(quality
      ? {
          Age: header('integer', 'Age of the oldest reading in the response, in seconds.'),
          'X-Data-State': {
            description: 'fresh; stale: the last good data; partial: some numbers or lists are unknown.',
            schema: { enum: ['fresh', 'stale', 'partial'] },
          },
          'X-Data-Unknown': header('string', 'Names of the fields whose value is unknown, separated by spaces.'),
        }
      : {}),
  };
}

/** Rewrites zod's references to the place where OpenAPI keeps schemas. */
function relink<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll('#/$defs/', COMPONENTS));
}
